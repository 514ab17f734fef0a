"""The table of who every address opens to knows every address, and no other."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.security.table import ROUTES


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Every named address, with its namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield ":".join((*spaces, pattern.name))


def test_the_table_knows_every_address_and_no_other():
    there, told = set(names(get_resolver())), {route.name for route in ROUTES}
    assert there - told == set(), "say in tests/security/table who these open to"
    assert told - there == set(), "these addresses are gone"

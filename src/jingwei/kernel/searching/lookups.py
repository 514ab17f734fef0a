"""`filter(name__called="cyl")`: by characters of a name, by how it is spoken, or by the initials of that."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler


def is_long_enough(said: str) -> bool:
    """One Chinese character is a word; of others it takes two."""
    said = said.strip()
    return len(said) > 1 or (len(said) == 1 and _is_chinese(said))


def _is_chinese(character: str) -> bool:
    """As `word_parts` sees it: the unified ideographs of Unicode, with their first and later extensions."""
    return 0x3400 <= ord(character) <= 0x9FFF or ord(character) >= 0x20000


@CharField.register_lookup
class Called(Lookup):
    """True where what was said stands in the name as it is written or as it is spoken; never for what is too short."""

    lookup_name = "called"

    def get_prep_lookup(self) -> str:
        return " ".join(str(self.rhs).split()).lower()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        name, given = self.process_lhs(compiler, connection)
        said, asked = self.process_rhs(compiler, connection)
        return (
            f"(name_parts({name}) && asked_name_parts({said}) AND is_called({name}, {said}))",
            (*given, *asked, *given, *asked),
        )

"""What the first view of a page costs on a phone that has never been here."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

MOST_BYTES, MOST_REQUESTS = 150_000, 25
SHIFTS = """new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 600);
})"""


@dataclass
class Counted:
    """What came over the line, as it was packed."""

    bytes: int = 0
    addresses: list[str] = field(default_factory=list)


def counting(visitor: Visitor) -> Counted:
    counted = Counted()
    line = visitor.page.context.new_cdp_session(visitor.page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")

    def asked(event: Any) -> None:
        counted.addresses.append(event["request"]["url"])

    def ended(event: Any) -> None:
        counted.bytes += event["encodedDataLength"]

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", ended)
    return counted


@pytest.mark.parametrize(("portal", "path"), [("resident", "/"), ("resident", "/report/"), ("field", "/field/")])
def test_the_first_view_is_light_and_stands_still(visitor, portal, path):
    one = visitor("phone")
    one.signs_in(portal)
    counted = counting(one)

    one.goes_to(path)
    shifted = one.page.evaluate(SHIFTS)

    assert one.page.url.startswith(one.site.url + path)
    assert 5_000 < counted.bytes <= MOST_BYTES
    assert len(counted.addresses) <= MOST_REQUESTS, counted.addresses
    assert round(shifted, 2) == 0  # less is a page that a busy machine paints while it is still read

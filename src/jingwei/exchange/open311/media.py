"""Photos that a request names by their address are fetched later, and by somebody else: the worker."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jingwei.cases.public import Answer
from jingwei.exchange.open311.jobs import fetch_photo
from jingwei.kernel.public import Refused
from jingwei.people.public import Member

LONGEST = 1000
MOST = 12


def fetch_later(addresses: Iterable[str], taken: Answer, *, by: Member) -> None:
    """Ask the worker for the photos at `addresses`; nothing for a request that came before."""
    wanted = [address.strip() for address in addresses if address.strip()]
    if not wanted or taken.result != "created":
        return
    if len(wanted) > MOST or any(len(address) > LONGEST or not address.startswith("https://") for address in wanted):
        raise Refused(_("media_url: give at most 12 addresses, each beginning with https://."))
    for address in wanted:
        fetch_photo.defer(case_id=str(taken.case_id), address=address, sender_id=by.pk)

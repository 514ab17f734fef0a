"""What people write, as the tables take it: no longer than its column, without signs that PostgreSQL cannot keep."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused

LONGEST: Mapping[str, int] = MappingProxyType(
    {"title": 120, "place": 200, "name": 80, "phone": 20, "source": 40, "source_key": 80}
)
"""Characters, by field. Words have no limit of their own: who takes them in sets one."""
UNFIT = re.compile("[\0\ud800-\udfff]")  # half a character of UTF-16 is none


def check_text(name: str, text: str) -> None:
    """Refused if `text` does not fit the field `name`."""
    if len(text) > LONGEST.get(name, len(text)):
        raise Refused(_("%(field)s: at most %(n)d characters.") % {"field": name, "n": LONGEST[name]})
    if UNFIT.search(text):
        raise Refused(_("%(field)s: there is a sign in it that is no character. Take it out.") % {"field": name})

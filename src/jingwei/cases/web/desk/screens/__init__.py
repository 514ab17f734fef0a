"""The moves of the desk as screens: which form, what its button says, what is said once it is done."""

from collections.abc import Mapping
from types import MappingProxyType

from jingwei.cases.web.desk.screens.after import AFTER
from jingwei.cases.web.desk.screens.appealing import APPEALING
from jingwei.cases.web.desk.screens.ending import ENDING
from jingwei.cases.web.desk.screens.extending import EXTENDING
from jingwei.cases.web.desk.screens.joining import JOINING
from jingwei.cases.web.desk.screens.oversight import OVERSIGHT
from jingwei.cases.web.desk.screens.screen import Screen, with_photos
from jingwei.cases.web.desk.screens.signalling import SIGNALLING
from jingwei.cases.web.desk.screens.suspending import SUSPENDING
from jingwei.cases.web.desk.screens.triage import TRIAGE
from jingwei.cases.web.desk.screens.work import WORK

SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        screen.verb: screen
        for screen in (
            *TRIAGE,
            *WORK,
            *EXTENDING,
            *SUSPENDING,
            *ENDING,
            *AFTER,
            *APPEALING,
            *JOINING,
            *OVERSIGHT,
            *SIGNALLING,
        )
    }
)

__all__ = ["SCREENS", "Screen", "with_photos"]

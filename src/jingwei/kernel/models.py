"""The kernel's tables, where Django looks for them."""

from jingwei.kernel.facts.models import FactCounter, FactRow, HandledFact
from jingwei.kernel.searching.models import Reading
from jingwei.kernel.watch.models import Heartbeat, PolicyReport

__all__ = ["FactCounter", "FactRow", "HandledFact", "Heartbeat", "PolicyReport", "Reading"]

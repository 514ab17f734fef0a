"""The kernel's tables, where Django looks for them."""

from jingwei.kernel.facts.models import FactCounter, FactRow, HandledFact

__all__ = ["FactCounter", "FactRow", "HandledFact"]

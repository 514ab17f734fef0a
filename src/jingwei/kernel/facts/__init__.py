"""Facts: what has happened, told once, in the transaction that made it so.

`publish` writes a row and nothing more. The relay numbers rows densely (`seq`) and queues their handlers;
everyone else reads by `seq`.
"""

from jingwei.kernel.facts.fact import Fact, fact_kinds
from jingwei.kernel.facts.followers import register_follower
from jingwei.kernel.facts.handling import handles
from jingwei.kernel.facts.models import FactRow
from jingwei.kernel.facts.publishing import publish, publish_many
from jingwei.kernel.facts.reading import facts_after, last_seq, relay_lag

__all__ = [
    "Fact",
    "FactRow",
    "fact_kinds",
    "facts_after",
    "handles",
    "last_seq",
    "publish",
    "publish_many",
    "register_follower",
    "relay_lag",
]

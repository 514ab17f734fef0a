"""What conversations do when a fact has happened."""

from jingwei.conversations.facts import AnswerMissed, MessageWritten
from jingwei.conversations.telling import tell_of_message, tell_of_missed
from jingwei.kernel.public import WHOLE, FactRow, handles


@handles(MessageWritten, reach=WHOLE)
def tell_the_other_side(fact: FactRow) -> None:
    tell_of_message(fact)


@handles(AnswerMissed, reach=WHOLE)
def tell_the_community(fact: FactRow) -> None:
    tell_of_missed(fact)

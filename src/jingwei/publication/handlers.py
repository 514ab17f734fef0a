"""What this module does when a case has moved: the public copy follows."""

from uuid import UUID

from jingwei.cases.public import CaseMoved
from jingwei.kernel.public import FactRow, handles
from jingwei.publication.actions import refresh


@handles(CaseMoved)
def copy_for_everybody(fact: FactRow) -> None:
    refresh([UUID(fact.data["case_id"])])

"""What cases do when a fact has happened."""

from jingwei.cases.actions.photos import make_thumbnail
from jingwei.cases.facts import PhotoAdded
from jingwei.kernel.public import FactRow, handles


@handles(PhotoAdded)
def draw_small_copy(fact: FactRow) -> None:
    make_thumbnail(fact.data["photo_id"])

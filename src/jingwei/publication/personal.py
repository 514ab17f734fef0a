"""What this module holds of persons: whom a case concerns too. What everybody sees names nobody."""

from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal
from jingwei.publication.models import PublicCase, PublicFigure, ReleasedPhoto, Support

declare(
    Support,
    "member",
    purpose="Telling those whom a case concerns how it goes on, and counting each of them once",
    basis=Basis.CONSENT,
    retention=FOLLOWS_ACCOUNT,
    readers=("the member",),
)
not_personal(PublicCase, "title", because="written by staff for the public; one with a long number in it is left out")
not_personal(
    PublicCase, "longitude", "latitude", "cell", because="of a matter in public space, rounded to about fifty metres"
)
not_personal(
    PublicCase, "number", "category_code", "community", "street", "outcome", because="codes of the case and its areas"
)
not_personal(
    ReleasedPhoto, "file", "moment", because="a picture in which somebody has looked for persons before releasing it"
)
not_personal(PublicFigure, "major", "median_hours", because="sums over the cases of a class and an area")

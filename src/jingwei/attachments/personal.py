"""What attachments hold of persons: files that are still on their way. What becomes of them, the taking module says."""

from jingwei.attachments.models import Upload
from jingwei.attachments.uploading import LIVES
from jingwei.kernel.public import Basis, Sensitivity, declare, retention

UPLOADS = retention(
    "attachments.uploads",
    LIVES,
    since="the last piece of a file arrived, and nobody used it",
    then="deleted, with what has arrived",
)

declare(
    Upload,
    "member",
    purpose="Who sends a file: nobody else may go on with it or use it",
    basis=Basis.CONSENT,
    retention=UPLOADS,
    sensitivity=Sensitivity.SENSITIVE,
    readers=("the member",),
)

"""The door to attachments for the modules above."""

from jingwei.attachments.keeping import (
    LARGEST_FILE,
    LARGEST_OF,
    Kept,
    is_found_harmful,
    keep,
    small_name,
    throw_away,
)
from jingwei.attachments.kinds import FORMATS, Format, Kind
from jingwei.attachments.pictures import LARGEST, Picture, picture_bytes, read_picture, thumbnail
from jingwei.attachments.uploading import drop_upload, is_whole, keep_upload, read_upload
from jingwei.attachments.web.files import send_file

__all__ = [
    "FORMATS",
    "LARGEST",
    "LARGEST_FILE",
    "LARGEST_OF",
    "Format",
    "Kept",
    "Kind",
    "Picture",
    "drop_upload",
    "is_found_harmful",
    "is_whole",
    "keep",
    "keep_upload",
    "picture_bytes",
    "read_picture",
    "read_upload",
    "send_file",
    "small_name",
    "throw_away",
    "thumbnail",
]

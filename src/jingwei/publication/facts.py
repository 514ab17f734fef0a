"""What this module announces: ids and codes."""

from dataclasses import dataclass
from typing import ClassVar

from jingwei.kernel.public import Fact


@dataclass(frozen=True)
class CaseSupported(Fact):
    """A case concerns one more, or somebody follows it; or one of them no longer does. Who is not told."""

    kind: ClassVar[str] = "publication.case_supported"
    case_id: str
    code: int
    supporters: int


@dataclass(frozen=True)
class PublicityChanged(Fact):
    """A case was hidden from everybody or is shown again."""

    kind: ClassVar[str] = "publication.publicity_changed"
    case_id: str
    code: int
    is_hidden: bool


@dataclass(frozen=True)
class PhotoPublicityChanged(Fact):
    """A photo was released to everybody, or taken back."""

    kind: ClassVar[str] = "publication.photo_publicity_changed"
    case_id: str
    code: int
    photo_id: str
    is_released: bool

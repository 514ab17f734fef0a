"""What other modules may use of publication."""

from jingwei.publication.actions import hide_case, refresh, release_photo, show_case, support, withdraw_photo
from jingwei.publication.api import router as publicity_router
from jingwei.publication.catching_up import catch_up
from jingwei.publication.facts import CaseSupported, PhotoPublicityChanged, PublicityChanged
from jingwei.publication.figures import reckon_figures
from jingwei.publication.following import followers_of
from jingwei.publication.models import PublicCase, PublicFigure, ReleasedPhoto, Support

__all__ = [
    "CaseSupported",
    "PhotoPublicityChanged",
    "PublicCase",
    "PublicFigure",
    "PublicityChanged",
    "ReleasedPhoto",
    "Support",
    "catch_up",
    "followers_of",
    "hide_case",
    "publicity_router",
    "reckon_figures",
    "refresh",
    "release_photo",
    "show_case",
    "support",
    "withdraw_photo",
]

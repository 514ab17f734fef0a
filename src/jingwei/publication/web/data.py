"""Figures, open data and news of an area, for everybody."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingwei.kernel.public import clock
from jingwei.people.public import Allowance
from jingwei.places.public import Level, codes, level_of
from jingwei.publication.figures import FEWEST, figures_of
from jingwei.publication.models import PublicCase
from jingwei.publication.opendata import KINDS, LICENCE, LICENCE_URL, export
from jingwei.publication.reading import Filters, Shown, listed_classes, page
from jingwei.publication.web.guards import Places, public_page

EXPORTS = Allowance("publication.export", 60, timedelta(hours=1))
"""Files of one address."""
NEWS = 30


def _frame(places: Places, tab: str) -> dict[str, Any]:
    return {"area": places.area, "above": places.above, "code": codes.write(places.area.code), "tab": tab}


@public_page
def figures(request: HttpRequest, area: str) -> HttpResponseBase:
    """How many, how many in time, how fast. A grid has too few cases to tell: its community's figures stand for it."""
    places = Places(area)
    told = [one for one in places.lineage if level_of(one.code).depth <= Level.COMMUNITY.depth][-1]
    found = figures_of(told.code, dict(listed_classes()))
    given = {"told": told, "whole": found[0] if found else None, "classes": found[1:], "fewest": FEWEST}
    return render(request, "publication/figures.html", _frame(places, "figures") | given)


@public_page
def data(request: HttpRequest, area: str) -> HttpResponseBase:
    """What there is to take away, what its columns mean, and under which licence."""
    places = Places(area)
    given = {"kinds": KINDS, "licence": LICENCE, "licence_url": LICENCE_URL}
    return render(request, "publication/data.html", _frame(places, "data") | given)


@public_page
def file(request: HttpRequest, area: str, kind: str) -> HttpResponseBase:
    """All public cases of an area in one file."""
    if kind not in KINDS:
        raise Http404
    places = Places(area)
    EXPORTS.require(str(request.META["REMOTE_ADDR"]))
    path = export(places.area, kind)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"cases-{path.name}", content_type=KINDS[kind])
    answer["Link"] = f'<{LICENCE_URL}>; rel="license"'
    answer["Cache-Control"] = "public, max-age=900"
    return answer


if TYPE_CHECKING:
    BaseFeed = Feed[Shown, Places]
else:
    BaseFeed = Feed


class News(BaseFeed):
    """The newest public cases of an area, for a feed reader."""

    def get_object(self, request: HttpRequest, area: str) -> Places:  # noqa: ARG002 - Django's signature
        return Places(area)

    def title(self, places: Places) -> str:
        return _("Cases in %(name)s") % {"name": places.area.title}

    def link(self, places: Places) -> str:
        return reverse("public:cases", args=[codes.write(places.area.code)])

    def description(self, places: Places) -> str:
        return _("What is being dealt with in %(name)s") % {"name": places.area.title}

    def items(self, places: Places) -> list[Shown]:
        return page(places.area, Filters(), clock.now(), limit=NEWS).list

    def item_title(self, item: Shown) -> str:
        return item.title

    def item_description(self, item: Shown) -> str:
        return f"{item.category} · {PublicCase(status=item.row.status).get_status_display()}"

    def item_link(self, item: Shown) -> str:
        return reverse("public:case", args=[item.row.number])

    def item_pubdate(self, item: Shown) -> Any:
        return item.row.reported_at


feed = public_page(News())

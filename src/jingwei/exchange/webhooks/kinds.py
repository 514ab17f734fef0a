"""What the kinds of facts are called that other software may be told of."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

TITLES: Mapping[str, Promise] = MappingProxyType(
    {
        "calendars.changed": pgettext_lazy("fact", "Working hours or holidays changed"),
        "calendars.quiet_hours_set": pgettext_lazy("fact", "Quiet hours changed"),
        "case.edition_published": pgettext_lazy("fact", "New edition of the category table"),
        "case.moved": pgettext_lazy("fact", "A case was reported or moved"),
        "case.photo_added": pgettext_lazy("fact", "A photo was added to a case"),
        "case.signal_rules_changed": pgettext_lazy("fact", "Rules of signals changed"),
        "case.signalled": pgettext_lazy("fact", "A clock of a case gave its signal"),
        "configuration.adopted": pgettext_lazy("fact", "A configuration was taken over"),
        "configuration.brought": pgettext_lazy("fact", "A configuration was brought in"),
        "emergency.changed": pgettext_lazy("fact", "Something happened in an emergency"),
        "emergency.plan_changed": pgettext_lazy("fact", "An emergency plan changed"),
        "emergency.roster_changed": pgettext_lazy("fact", "A duty roster changed"),
        "places.area_created": pgettext_lazy("fact", "An area was added"),
        "places.area_ended": pgettext_lazy("fact", "An area ended"),
        "places.area_moved": pgettext_lazy("fact", "An area moved under another one"),
        "places.area_renamed": pgettext_lazy("fact", "An area was renamed"),
        "places.area_split": pgettext_lazy("fact", "An area was split"),
        "places.areas_imported": pgettext_lazy("fact", "Areas were brought in"),
        "places.areas_merged": pgettext_lazy("fact", "Areas were merged"),
        "places.boundaries_published": pgettext_lazy("fact", "Boundaries were published"),
        "places.boundary_draft_changed": pgettext_lazy("fact", "A draft of boundaries changed"),
        "places.boundary_set": pgettext_lazy("fact", "The boundary of an area was set"),
        "places.building_added": pgettext_lazy("fact", "A building was added"),
        "places.building_moved": pgettext_lazy("fact", "A building came to another grid"),
        "places.change_approved": pgettext_lazy("fact", "A change of areas was approved"),
        "places.change_planned": pgettext_lazy("fact", "A change of areas was planned"),
        "places.change_undone": pgettext_lazy("fact", "A change of areas was undone"),
        "places.coverage_limits_set": pgettext_lazy("fact", "Limits of coverage checks changed"),
        "publication.case_supported": pgettext_lazy("fact", "A public case concerns more or fewer people"),
        "publication.photo_publicity_changed": pgettext_lazy("fact", "A photo was released or taken back"),
        "publication.publicity_changed": pgettext_lazy("fact", "A case was hidden or shown to everybody"),
        "worklists.list_moved": pgettext_lazy("fact", "A work list was issued or went on"),
        "worklists.task_moved": pgettext_lazy("fact", "A task of a work list went on"),
        "webhook.trial": pgettext_lazy("fact", "Trial"),
    }
)


def kind_title(kind: str) -> str:
    """Its title, and the code by which the other side knows it."""
    title = TITLES.get(kind)
    return _("%(title)s (%(kind)s)") % {"title": title, "kind": kind} if title else kind

"""Services: our categories, each with its conditions as the one attribute that a report may name."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from jingwei.cases.public import Category, current
from jingwei.exchange.open311.answers import Fault, Several, moment

CONDITION = "CONDITION"
"""The code of the attribute."""


def service_list() -> Several:
    """Every category that a report may be about."""
    return Several("service", [_service(category) for category in current().values()])


def _service(category: Category) -> dict[str, Any]:
    words = [*category.keywords_zh.split(), *category.keywords_en.split()]
    return {
        "service_code": category.code,
        "service_name": category.name,
        "description": _("%(group)s: %(name)s") % {"group": category.major_name, "name": category.name},
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(words),
        "group": category.major_name,
    }


def definition(code: str) -> dict[str, Any]:
    """What a report of this service may say besides; Fault 404 where there is no such service."""
    category = category_of(code)
    attribute = {
        "variable": True,
        "code": CONDITION,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": None,
        "order": 1,
        "description": _("What it looks like"),
        "values": Several("value", [{"key": one.number, "name": one.text} for one in category.conditions.all()]),
    }
    return {"service_code": category.code, "attributes": Several("attribute", [attribute])}


def category_of(code: str) -> Category:
    """The category behind a service_code. Fault where none is given, or there is none."""
    if not code:
        raise Fault(400, _("service_code was not provided."))
    category = current().get(code)
    if category is None:
        raise Fault(404, _("service_code %(code)s was not found.") % {"code": code[:20]})
    return category


def condition_text(category: Category, number: str) -> str:
    """What the chosen condition says; "" where none is chosen."""
    if not number:
        return ""
    for condition in category.conditions.all():
        if condition.number == number:
            return condition.text
    raise Fault(400, _("attribute[CONDITION]: %(key)s is none of the values.") % {"key": number[:20]})


def changed_at(now: datetime) -> str | None:
    """When the table of services changed last."""
    editions = {category.edition.begins_at for category in current().values()}
    return moment(max(editions, default=now))


def discovery(base: str, now: datetime) -> dict[str, Any]:
    """Where the endpoints are, as Service Discovery has it. `base` is the address of the site."""
    changed = changed_at(now)
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": f"{base}/open311/v2",
        "changeset": changed,
        "type": "production",
        "formats": Several("format", ["text/xml", "application/json"]),
    }
    return {
        "changeset": changed,
        "contact": _("Keys are given by the security officer of this site."),
        "key_service": _("Ask the security officer of this site for a key with the duty cases.report."),
        "endpoints": Several("endpoint", [endpoint]),
    }

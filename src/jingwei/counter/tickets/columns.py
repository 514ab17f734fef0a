"""Which column of a file holds what: guessed from its head, said by a person."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jingwei.kernel.public import Refused

FIELDS: Mapping[str, Promise] = MappingProxyType(
    {
        "key": pgettext_lazy("ticket", "Number of the ticket"),
        "words": pgettext_lazy("ticket", "What it is about"),
        "reported": pgettext_lazy("ticket", "When they called"),
        "address": pgettext_lazy("ticket", "Address"),
        "area": pgettext_lazy("ticket", "Community or grid"),
        "category": pgettext_lazy("ticket", "Class"),
        "name": pgettext_lazy("ticket", "Caller's name"),
        "phone": pgettext_lazy("ticket", "Caller's number"),
    }
)
NEEDED = ("key", "words")
HEADS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "key": ("工单编号", "工单号", "编号", "受理编号", "诉求编号", "ticket", "ticket number", "id"),
        "words": ("诉求内容", "工单内容", "反映内容", "内容", "问题描述", "主要内容", "description", "words"),
        "reported": ("来电时间", "受理时间", "登记时间", "诉求时间", "created", "opened", "time"),
        "address": ("地址", "事发地址", "诉求地址", "详细地址", "地点", "address"),
        "area": ("网格", "社区", "所属社区", "所属网格", "区域", "community", "grid", "area"),
        "category": ("类别", "诉求类别", "诉求分类", "分类", "小类", "category", "class"),
        "name": ("姓名", "来电人", "诉求人", "联系人", "name", "caller"),
        "phone": ("电话", "来电号码", "联系电话", "手机", "手机号", "phone", "mobile"),
    }
)
"""What heads are called in the files that we know of."""


def guess(heads: Sequence[str]) -> dict[str, int]:
    """For each field the first column whose head is known; columns count from 0."""
    plain = [head.rstrip("*").strip().casefold() for head in heads]
    places = {name: [plain.index(one) for one in known if one in plain] for name, known in HEADS.items()}
    return {name: found[0] for name, found in places.items() if found}


def check(mapping: Mapping[str, int]) -> None:
    """Refused where a field that is needed has no column, or a column stands for two."""
    if missing := [str(FIELDS[name]) for name in NEEDED if name not in mapping]:
        raise Refused(_("Say which column holds: %(fields)s.") % {"fields": _(", ").join(missing)})
    if len(set(mapping.values())) < len(mapping):
        raise Refused(_("Each column stands for one thing only. Choose again where two are the same."))

"""Sets hold no persons, but for who brought them and who put them into force."""

from jingwei.exchange.configuration.models import ConfigurationSet
from jingwei.kernel.public import FOLLOWS_ACCOUNT, Basis, declare, not_personal

declare(
    ConfigurationSet,
    "brought_by",
    "adopted_by",
    purpose="Who decided what holds in an installation",
    basis=Basis.DUTY,
    retention=FOLLOWS_ACCOUNT,
    readers=("configuration.manage",),
)
not_personal(ConfigurationSet, "files", "note", because="tables of areas, roles, categories and limits")

"""The register of personal data: every column that could hold some says what for, or why it holds none.

A module declares its columns in its `personal.py`. `docs/operate/personal-data.md` is written from it, and a test
fails for a column that is in neither list. How long something is kept is a `Retention`; `retention.py` carries it out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Field, ForeignKey, Model

from jingwei.kernel.fields import AreaCodeField


class Basis(Enum):
    """Lawful bases of the Personal Information Protection Law of China (个人信息保护法), article 13."""

    CONSENT = "13 (1) consent 个人同意"
    CONTRACT = "13 (2) contract, or managing one's staff 订立合同或人力资源管理"
    DUTY = "13 (3) statutory duty 履行法定职责或法定义务"
    EMERGENCY = "13 (4) saving life, health or property in an emergency 紧急情况"


class Sensitivity(Enum):
    ORDINARY = "ordinary"
    CONTACT = "contact: encrypted or shown to few"
    SENSITIVE = "sensitive (art. 28 敏感个人信息)"
    SECRET = "secret: digests and keys, read by nobody"  # noqa: S105 - a level, not a secret


@dataclass(frozen=True)
class Retention:
    """Kept for `period` after what `since` says; `then` says what is left."""

    key: str
    period: timedelta
    since: str
    then: str


@dataclass(frozen=True)
class Declared:
    """Why a column holds personal data. `readers`: permits and duties by key, or in words."""

    purpose: str
    basis: Basis
    retention: tuple[Retention, ...]
    sensitivity: Sensitivity
    readers: tuple[str, ...]


FOLLOWS_ACCOUNT = Retention(
    "account",
    timedelta(0),
    since="the account that the id leads to was emptied",
    then="the id stays, and leads to nobody",
)
"""For ids of members: they are worth as much as the account behind them."""
_retentions: dict[str, Retention] = {FOLLOWS_ACCOUNT.key: FOLLOWS_ACCOUNT}
_declared: dict[tuple[type[Model], str], Declared] = {}
_not_personal: dict[tuple[type[Model], str], str] = {}


def retention(key: str, period: timedelta, *, since: str, then: str) -> Retention:
    """Register how long something is kept."""
    if key in _retentions:
        raise ValueError(f"retention {key} is registered twice")
    _retentions[key] = Retention(key, period, since, then)
    return _retentions[key]


def declare(
    model: type[Model],
    *columns: str,
    purpose: str,
    basis: Basis,
    retention: Retention | tuple[Retention, ...],
    sensitivity: Sensitivity = Sensitivity.ORDINARY,
    readers: Iterable[str],
) -> None:
    """Say of `columns` (names of fields) of `model` what for they hold personal data, how long and for whose eyes."""
    kept = retention if isinstance(retention, tuple) else (retention,)
    for column in columns:
        _enter(model, column)
        _declared[model, column] = Declared(purpose, basis, kept, sensitivity, tuple(readers))


def not_personal(model: type[Model], *columns: str, because: str) -> None:
    """Say of `columns` of `model` why they hold nothing about a person."""
    for column in columns:
        _enter(model, column)
        _not_personal[model, column] = because


def _enter(model: type[Model], column: str) -> None:
    model._meta.get_field(column)  # noqa: SLF001 - raises FieldDoesNotExist for a name that is none
    if (model, column) in _declared or (model, column) in _not_personal:
        raise ValueError(f"{model._meta.label}.{column} is in the register twice")  # noqa: SLF001


def declared() -> dict[tuple[type[Model], str], Declared]:
    return dict(_declared)


def held_for_no_person() -> dict[tuple[type[Model], str], str]:
    return dict(_not_personal)


def retentions() -> list[Retention]:
    return list(_retentions.values())


_HARMLESS = (
    models.AutoField,
    models.UUIDField,
    models.BooleanField,
    models.DateTimeField,
    models.DurationField,
    models.TimeField,
    AreaCodeField,
)
"""Kinds of columns that say nothing about a person by themselves; so are numbers that are too small for an id."""


def could_be_personal(field: "Field[object, object]") -> bool:
    """Text, JSON, bytes, coordinates, days, ids without a relation, and relations to members."""
    if isinstance(field, ForeignKey):
        return bool(field.related_model._meta.label == settings.AUTH_USER_MODEL)  # noqa: SLF001
    if isinstance(field, models.IntegerField) and not isinstance(field, models.BigIntegerField):
        return False
    return not field.choices and not isinstance(field, _HARMLESS)


def unclassified() -> Iterator[str]:
    """Columns that could hold personal data and of which the register says nothing."""
    known = _declared.keys() | _not_personal.keys()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if could_be_personal(field) and (model, field.name) not in known:
                yield f"{model._meta.label}.{field.name}"  # noqa: SLF001

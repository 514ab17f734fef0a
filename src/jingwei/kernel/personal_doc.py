"""The page about personal data, written from the register."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.db.models import Model

from jingwei.kernel.personal_data import Declared, Retention, declared, held_for_no_person, retentions

PAGE = Path(__file__).parents[3] / "docs" / "operate" / "personal-data.md"
OPENING = """\
# Personal data

Every column that could hold something about a person: what for, on which basis of the Personal Information Protection
Law (个人信息保护法, article 13), how long, how sensitive, and who reads it. Words like `cases.contact` are permits and
duties; who holds them depends on posting and place. Whoever reads words, a contact or a personal page leaves an entry
that the person concerned can see ([privacy](../guides/privacy.md)).

## How long
Carried out every night by the job `kernel.forget`; `./jingwei manage forget --dry-run` says how much would go.

| rule | period | counted from when | what is left |
| --- | --- | --- | --- |
"""
CLOSING = """
This page is written by `./jingwei manage write_personal_data_doc` from the `personal.py` of each module.
"""
COLUMNS = "| column | what for | basis | kept | how sensitive | who reads |\n| --- | --- | --- | --- | --- | --- |\n"


def personal_data_page() -> str:
    return OPENING + "".join(map(_rule, retentions())) + "".join(_tables()) + _others() + CLOSING


def _rule(kept: Retention) -> str:
    return f"| `{kept.key}` | {_length(kept.period)} | {kept.since} | {kept.then} |\n"


def _length(period: timedelta) -> str:
    if not period:
        return "at once"
    years, rest = divmod(period.days, 365)
    amount, unit = (years, "year") if years and not rest else (period.days, "day")
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def _tables() -> Iterator[str]:
    columns: defaultdict[type[Model], list[tuple[str, Declared]]] = defaultdict(list)
    for (model, column), entry in declared().items():
        columns[model].append((column, entry))
    for model in sorted(columns, key=_place):
        yield f"\n## {model._meta.label}\n{_summary(model)}\n\n{COLUMNS}"  # noqa: SLF001
        for entry, group in groupby(columns[model], key=lambda pair: pair[1]):
            yield _row([column for column, _entry in group], entry)


def _place(model: type[Model]) -> tuple[str, str]:
    return model._meta.app_label, model._meta.object_name or ""  # noqa: SLF001


def _summary(model: type[Model]) -> str:
    """The first sentence of the model's docstring, and its table."""
    said = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
    return f"Table `{model._meta.db_table}`. {said}"  # noqa: SLF001


def _row(columns: list[str], entry: Declared) -> str:
    names = ", ".join(f"`{column}`" for column in columns)
    kept = ", ".join(f"`{rule.key}`" for rule in entry.retention)
    readers = ", ".join(f"`{reader}`" if is_permit(reader) else reader for reader in entry.readers)
    cells = [names, entry.purpose, entry.basis.value, kept, entry.sensitivity.value, readers]
    return f"| {' | '.join(cells)} |\n"


def is_permit(reader: str) -> bool:
    """Whether a reader is named by permit or duty, not in words."""
    return " " not in reader and "." in reader


def _others() -> str:
    columns: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (model, column), because in held_for_no_person().items():
        columns[model._meta.label, because].append(column)  # noqa: SLF001
    rows = [
        f"| {label} | {', '.join(f'`{name}`' for name in names)} | {because} |\n"
        for (label, because), names in sorted(columns.items())
    ]
    return (
        "\n## Columns that hold nothing about a person\n| table | columns | because |\n| --- | --- | --- |\n"
        + "".join(rows)
    )

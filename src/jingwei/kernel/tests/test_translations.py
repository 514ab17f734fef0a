"""Catalogues: what is found in the source, what is kept, and what is complained about."""

import gettext
from pathlib import Path

import pytest

from jingwei.kernel import translations
from jingwei.kernel.translations import Book, disagreements, extracted, homeless, merged, problems

SOURCE = """
title = _("Lamp")
verb = pgettext_lazy("street", "light")
count = ngettext("%(count)d lamp", "%(count)d lamps", number)
name = _(computed)
"""
TEMPLATE = """
<div>{% translate "It's dark" %}
  {% blocktranslate trimmed with lamp=lamp.name %}
    The lamp {{ lamp }}
    is out.
  {% endblocktranslate %}
</div>
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch) -> Book:
    """The book of a module `lamps` with one Python file and one template."""
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    write(tmp_path / "lamps/actions.py", SOURCE)
    write(tmp_path / "lamps/templates/lamps/page.html", TEMPLATE)
    return Book(tmp_path / "lamps", "zh_Hans")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def update(book: Book) -> None:
    book.write(merged(extracted(book, [book]), book.read()))


def translate(book: Book, message, translation, context: str | None = None) -> None:
    catalogue = book.read()
    catalogue.get(message, context).string = translation
    book.write(catalogue)


def translate_all(book: Book) -> None:
    update(book)
    translate(book, "Lamp", "路灯")
    translate(book, "light", "点亮", context="street")
    translate(book, "%(count)d lamp", ("%(count)d盏灯",))
    translate(book, "It's dark", "天黑了")
    translate(book, "The lamp %(lamp)s is out.", "%(lamp)s不亮了。")


def found_problems(book: Book) -> list[str]:
    return list(problems(book, extracted(book, [book]), book.read()))


def test_messages_are_found_in_code_and_templates(book):
    messages = {(message.id, message.context) for message in extracted(book, [book]) if message.id}

    assert messages == {
        ("Lamp", None),
        ("light", "street"),
        (("%(count)d lamp", "%(count)d lamps"), None),
        ("It's dark", None),
        ("The lamp %(lamp)s is out.", None),
    }


def test_module_within_a_module_has_its_own_catalogue(book):
    write(book.folder / "bulbs/actions.py", '_("Bulb")')
    bulbs = Book(book.folder / "bulbs", "zh_Hans")

    assert extracted(book, [book, bulbs]).get("Bulb") is None
    assert extracted(bulbs, [book, bulbs]).get("Bulb") is not None


def test_tests_and_migrations_have_no_messages(book):
    write(book.folder / "tests/test_lamps.py", '_("in a test")')
    write(book.folder / "migrations/0001_initial.py", '_("in a migration")')

    assert len(extracted(book, [book])) == 5


def test_update_keeps_translations_and_drops_what_is_unused(book):
    translate_all(book)
    write(book.folder / "actions.py", SOURCE.replace('_("Lamp")', '_("Street lamp")'))
    update(book)

    kept = book.read()
    assert kept.get("Lamp") is None
    assert kept.get("Street lamp").string == ""
    assert kept.get("light", "street").string == "点亮"
    assert kept.get("The lamp %(lamp)s is out.").string == "%(lamp)s不亮了。"


def test_update_of_what_is_up_to_date_changes_no_byte(book):
    translate_all(book)
    before = book.path.read_bytes()
    update(book)

    assert book.path.read_bytes() == before
    assert str(book.folder.parent).encode() not in before


def test_complete_catalogue_has_no_problems(book):
    translate_all(book)

    assert found_problems(book) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('msgid "Lamp"', 'msgid "Lantern"', "lamps: not in the catalogue: 'Lamp'"),
        ('msgid "Lamp"', 'msgid "Lantern"', "lamps: no longer used: 'Lantern'"),
        ('msgstr "路灯"', 'msgstr ""', "lamps: not translated: 'Lamp'"),
        ('msgid "Lamp"', '#, fuzzy\nmsgid "Lamp"', "lamps: marked as fuzzy: 'Lamp'"),
        ("%(lamp)s不亮了", "%(lamb)s不亮了", "lamps: unknown named placeholder 'lamb': 'The lamp %(lamp)s is out.'"),
    ],
)
def test_catalogue_that_is_not_in_order_is_complained_about(book, before, after, problem):
    translate_all(book)
    text = book.path.read_text(encoding="utf-8")
    assert before in text
    write(book.path, text.replace(before, after))

    assert problem in found_problems(book)


def test_message_that_two_modules_translate_differently_is_complained_about(book):
    translate_all(book)
    other = Book(book.folder.parent / "bulbs", "zh_Hans")
    write(other.folder / "actions.py", '_("Lamp")')
    update(other)
    translate(other, "Lamp", "灯泡")

    said = list(disagreements([(book, book.read()), (other, other.read())]))
    assert said == ["bulbs: translated otherwise than in lamps: 'Lamp'"]


def test_source_outside_every_catalogue_is_complained_about(book):
    write(book.folder.parent / "loose.py", '_("Lamp")')

    assert list(homeless([book])) == ["loose.py: has messages but belongs to no catalogue"]


def test_compiled_catalogue_translates(book):
    translate_all(book)
    with book.compile().open("rb") as file:
        translation = gettext.GNUTranslations(file)

    assert translation.gettext("It's dark") == "天黑了"
    assert translation.pgettext("street", "light") == "点亮"
    assert translation.ngettext("%(count)d lamp", "%(count)d lamps", 2) == "%(count)d盏灯"

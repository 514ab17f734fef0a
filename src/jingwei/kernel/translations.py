"""Catalogues of translations: one per module and language, `locale/zh_Hans/LC_MESSAGES/django.po`.

Messages are the English sentences of the source. What is written does not depend on who writes it, when,
where or with which version of a tool, so that a catalogue changes only when its messages do.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

import jingwei

SOURCE_LANGUAGE = "en"
PACKAGE = Path(jingwei.__file__).parent
TRANSLATOR_TAG = "Translators:"
HEADER = """msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
# Which arguments of a call are its messages (None: the first), and which is their context.
WORDS: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {
    **WORDS,
    **{f"{name}_lazy": spec for name, spec in WORDS.items()},
    "gettext_noop": None,
    "_": None,
}


@dataclass(frozen=True)
class Book:
    """The catalogue of one module in one language."""

    folder: Path
    locale: str

    @property
    def module(self) -> str:
        return ".".join(self.folder.relative_to(PACKAGE).parts)

    @property
    def path(self) -> Path:
        return self.folder / "locale" / self.locale / "LC_MESSAGES" / "django.po"

    def read(self) -> Catalog:
        if not self.path.exists():
            return Catalog(locale=self.locale)
        with self.path.open("rb") as file:
            return read_po(file, locale=self.locale, ignore_obsolete=True)

    def write(self, catalogue: Catalog) -> None:
        text = io.BytesIO()
        write_po(text, catalogue, width=100, omit_header=True, include_lineno=False)
        header = HEADER.format(locale=self.locale, plural_forms=catalogue.plural_forms)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(header + text.getvalue().decode().rstrip() + "\n", encoding="utf-8")

    def compile(self) -> Path:
        """Write the .mo that Django reads, in one move; its path."""
        compiled, draft = self.path.with_suffix(".mo"), self.path.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, self.read())
        return draft.replace(compiled)


def books() -> list[Book]:
    """Every catalogue there may be: of our apps, and of the folders whose `locale` is in LOCALE_PATHS."""
    ours = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("jingwei.")]
    folders = sorted({*ours, *(Path(path).parent for path in settings.LOCALE_PATHS)})
    locales = [to_locale(code) for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
    return [Book(folder, locale) for folder in folders for locale in locales]


def extracted(book: Book, every: Iterable[Book]) -> Catalog:
    """The messages of the book's module, in the order of the source, without translations."""
    others = {other.folder for other in every if other.folder != book.folder and _is_in(other.folder, book.folder)}
    catalogue = Catalog(locale=book.locale)
    for path in _sources(book.folder):
        if not any(_is_in(path, other) for other in others):
            _collect(path, path.relative_to(book.folder), catalogue)
    return catalogue


def merged(found: Catalog, kept: Catalog) -> Catalog:
    """What was found in the source, with the translations that are there already."""
    for message in _messages(found):
        old = kept.get(message.id, message.context)
        if old is not None:
            message.string, message.user_comments = old.string, old.user_comments
            message.flags |= old.flags & {"fuzzy"}
    return found


def problems(book: Book, found: Catalog, kept: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue: a sentence each."""
    for message in _messages(found):
        old = kept.get(message.id, message.context)
        if old is None:
            yield f"{book.module}: not in the catalogue: {_shown(message)}"
        elif not _is_translated(old):
            yield f"{book.module}: not translated: {_shown(message)}"
        elif old.fuzzy:
            yield f"{book.module}: marked as fuzzy: {_shown(message)}"
        else:
            yield from (f"{book.module}: {error}: {_shown(message)}" for error in old.check(kept))
    for message in _messages(kept):
        if found.get(message.id, message.context) is None:
            yield f"{book.module}: no longer used: {_shown(message)}"


def disagreements(catalogues: Iterable[tuple[Book, Catalog]]) -> Iterator[str]:
    """Messages that two modules translate differently: Django would show one of them in both."""
    seen: dict[tuple[str, object, str | None], tuple[Book, Message]] = {}
    for book, catalogue in catalogues:
        for message in filter(_is_translated, _messages(catalogue)):
            first_book, first = seen.setdefault((book.locale, message.id, message.context), (book, message))
            if first.string != message.string:
                yield f"{book.module}: translated otherwise than in {first_book.module}: {_shown(message)}"


def homeless(every: Iterable[Book]) -> Iterator[str]:
    """Sources with messages that belong to no catalogue."""
    folders = {book.folder for book in every}
    for path in _sources(PACKAGE):
        if not any(_is_in(path, folder) for folder in folders):
            catalogue = Catalog()
            _collect(path, path, catalogue)
            if len(catalogue):
                yield f"{path.relative_to(PACKAGE)}: has messages but belongs to no catalogue"


def _sources(folder: Path) -> list[Path]:
    found = [*folder.rglob("*.py"), *folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]
    return sorted(path for path in found if not {"tests", "migrations"} & set(path.relative_to(folder).parts))


def _collect(path: Path, name: Path, catalogue: Catalog) -> None:
    """Add the messages of one file. A template is read as the calls that it amounts to."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        calls = templatize(text, origin=str(path))
        text = "\n".join(line.strip() for line in calls.splitlines())  # its indentation is the template's
    source = io.BytesIO(text.encode())
    for line, message, comments, context in extract(
        "python", source, KEYWORDS, [TRANSLATOR_TAG], {"encoding": "utf-8"}
    ):
        catalogue.add(message, locations=[(name.as_posix(), line)], auto_comments=comments, context=context)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _is_translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(parts) and all(parts)


def _shown(message: Message) -> str:
    return repr(message.id[0] if isinstance(message.id, tuple) else message.id)


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)

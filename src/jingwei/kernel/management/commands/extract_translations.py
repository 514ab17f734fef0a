"""`manage.py extract_translations`: brings the catalogues up to the source, or checks that they are."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jingwei.kernel import translations


class Command(BaseCommand):
    help = "Writes new messages into the catalogues and drops unused ones; existing translations are kept."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where something is amiss")

    def handle(self, *_args: Any, **options: Any) -> None:
        books = translations.books()
        found = {book: translations.extracted(book, books) for book in books}
        kept = {book: book.read() for book in books}
        if options["check"]:
            self._check(books, found, kept)
            return
        for book in books:
            if len(found[book]) or book.path.exists():
                book.write(translations.merged(found[book], kept[book]))

    def _check(self, books: Any, found: Any, kept: Any) -> None:
        amiss = [problem for book in books for problem in translations.problems(book, found[book], kept[book])]
        amiss += [*translations.disagreements(kept.items()), *translations.homeless(books)]
        for problem in amiss:
            self.stderr.write(problem)
        if amiss:
            raise CommandError("Mend the catalogues: manage.py extract_translations, then translate what is new.")

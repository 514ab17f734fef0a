"""What can be foreseen to go wrong is said in a sentence with its mend, never as a traceback."""

from jingwei.command.words import say


class Trouble(Exception):  # noqa: N818 - it is what it is called
    """A phrase of `phrases.toml` and its values; the command ends with exit code 1."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(say(phrase, **values))
        self.phrase = phrase

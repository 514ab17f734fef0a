"""The two errors that a person may meet. Anything else is a bug and crashes loudly."""


class Refused(Exception):  # noqa: N818 - a word of the domain, not a fault of the program
    """The rules say no (409). `message` is translated and shown to the person as it is."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotPermitted(Exception):  # noqa: N818
    """The member may not do this (403). Where the thing itself is invisible to them, screens answer 404."""


class NotTheirs(NotPermitted):
    """Somebody else's to do (403). `message` says whose: it is translated and shown to the person as it is."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

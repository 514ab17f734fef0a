"""Each step says what it does, ticks while it lasts, and closes with its seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from jingwei.command.words import say

Tick = Callable[[], None]


@dataclass
class Progress:
    """`stream` is standard output where the steps are the point, standard error where results are."""

    total: int
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    done: int = 0

    @contextmanager
    def step(self, phrase: str, **values: object) -> Iterator[Tick]:
        """Call what is yielded now and then: on a terminal it keeps the seconds running."""
        self.done += 1
        label = f"[{self.done}/{self.total}] {say(phrase, **values)}"
        began = time.monotonic()
        is_terminal = self.stream.isatty()

        def tick() -> None:
            if is_terminal:
                self._write(f"\r{label} … {time.monotonic() - began:.0f} s ")

        self._write(f"{label} … ")
        try:
            yield tick
        except BaseException:
            self._write("\n")
            raise
        seconds = f"{time.monotonic() - began:.1f} s"
        self._write(f"\r{label} … {seconds}  \n" if is_terminal else f"{seconds}\n")

    def note(self, phrase: str, **values: object) -> None:
        self._write(say(phrase, **values) + "\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()

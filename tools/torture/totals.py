"""What a torture has tried and what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: What must not happen, each with what it means.
WRONGS = {
    "lost": "something that was in the book is not there any more",
    "torn": "a change is there in part, or file and journal do not agree",
    "doubled": "a change is there twice",
    "gone": "a change was acknowledged and is not there",
    "kept": "a change was reported as failed and is there",
    "crashed": "a traceback, or an exit code that is not documented for it",
    "left": "something lies about after the next write",
    "refused": "a command failed that nothing stood in the way of",
}
#: So many are told one by one.
_TOLD = 20


@dataclass
class Totals:
    """The score of one torture."""

    name: str
    tried: int = 0
    killed: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WRONGS, 0))
    #: Other numbers of this torture, in the order in which they are printed.
    more: dict[str, int | float] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    @property
    def wrong(self) -> int:
        """How often something happened that must not happen."""
        return sum(self.counts.values())

    def fail(self, kind: str, label: str) -> None:
        """Count a wrong of *kind*, and tell of it."""
        self.counts[kind] += 1
        if self.wrong <= _TOLD:
            # At once: a full run takes long.
            os.write(2, f"  {kind}: {label}\n".encode())

    def progress(self, what: str) -> None:
        """Say on stderr that *what* is done: a full run takes long."""
        os.write(2, f"  {self.name}: {what}, {self.tried:,} tried\n".encode())

    def add(self, name: str, number: int | float = 1) -> None:
        """Count something that is worth a number."""
        self.more[name] = self.more.get(name, 0) + number

    def merge(self, other: Mapping[str, Any]) -> None:
        """Add the score of another process, as `as_data` gives it."""
        self.tried += other["tried"]
        self.killed += other["killed"]
        for kind, number in other["counts"].items():
            self.counts[kind] += number
        for name, number in other["more"].items():
            self.add(name, number)

    def as_data(self) -> dict[str, Any]:
        """The score as plain values."""
        return {name: getattr(self, name) for name in ("tried", "killed", "counts", "more")}

    def line(self) -> str:
        """The score as text."""
        numbers = {"tried": self.tried, "killed": self.killed, **self.more, **self.counts}
        shown = ", ".join(
            f"{name} {value:,.1f}" if isinstance(value, float) else f"{name} {value:,}"
            for name, value in numbers.items()
        )
        seconds = time.monotonic() - self.started
        return f"{self.name}: {shown} ({seconds:.0f} s)"

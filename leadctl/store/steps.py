"""How far a file of an interrupted or running change has come, read off the files themselves.

A step knows the fingerprint of a file before and after, and the name beside it. What lies under
the two names tells whether the step is still to be made, is made, or met another program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from leadctl.store.disk import SPARE, Disk
from leadctl.store.intents import FileStep, digest


class State(Enum):
    """How far one step has come."""

    #: The file is as before; what is to take its place lies beside it.
    READY = "ready"
    #: The file is as after.
    MADE = "made"
    #: The step was made, and then somebody changed the file: it is theirs now.
    OVERTAKEN = "overtaken"
    #: Somebody changed the file before the step could be made.
    EDITED = "edited"
    #: Somebody changed the file in the very moment; their text lies beside it.
    CAUGHT = "caught"
    #: The file is as before, and what was to take its place is gone.
    LOST = "lost"

    @property
    def is_against(self) -> bool:
        """True if the change as a whole must not be made, so that nobody's text is lost."""
        return self in (State.EDITED, State.CAUGHT, State.LOST)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one book are, while one change is made."""

    root: Path
    #: What `target` has found; to follow links ten thousand times takes seconds.
    _found: dict[str, Path] = field(default_factory=dict, compare=False, repr=False)

    @property
    def state(self) -> Path:
        """The folder of the lock and the intent; there is no truth in it."""
        return self.root / ".leadctl"

    @property
    def quarantine(self) -> Path:
        """The folder of what was put aside."""
        return self.state / "quarantine"

    @property
    def intent(self) -> Path:
        """The file that says what is being done."""
        return self.state / "txn"

    def target(self, path: str) -> Path:
        """The file *path* of the book; where that is a link, the file that it leads to."""
        if path not in self._found:
            self._found[path] = (self.root / path).resolve()
        return self._found[path]

    def beside(self, step: FileStep) -> Path:
        """The file beside the one of *step*."""
        return self.target(step.path).with_name(step.temporary)


def state_of(disk: Disk, place: Place, step: FileStep) -> State:
    """How far *step* has come."""
    there = digest(disk.read(place.target(step.path)))
    beside = digest(disk.read(place.beside(step)))
    if there == step.new:
        return _as_after(step, beside)
    if there == step.old:
        return State.READY if beside == (step.new or "") else State.LOST
    is_made = beside != step.new if step.new else bool(beside)
    return State.OVERTAKEN if is_made else State.EDITED


def _as_after(step: FileStep, beside: str) -> State:
    is_theirs = beside and beside not in (step.old, step.new)
    if not step.new and not beside:
        # It was to go, and is gone: by us or by somebody else.
        return State.MADE
    return State.CAUGHT if is_theirs else State.MADE


def completed(tail: bytes, lines: bytes) -> bytes:
    """*tail*, what follows in the journal where *lines* were to be added, with all of them.

    They may be there in part, as zeros after a loss of power, or below lines of somebody else.
    """
    if tail.startswith(lines):
        return tail
    if lines.startswith(tail.rstrip(b"\0")):
        return lines
    there = set(tail.split(b"\n"))
    missing = [line for line in lines.split(b"\n") if line and line not in there]
    if not missing:
        return tail
    gap = b"" if tail.endswith(b"\n") else b"\n"
    return tail + gap + b"\n".join(missing) + b"\n"


def settle(disk: Disk, place: Place, steps: tuple[FileStep, ...]) -> None:
    """Bring an exchange to its end that was done in steps and interrupted between them."""
    for folder in {place.target(step.path).parent for step in steps}:
        names = set(disk.names(folder))
        for name in [name for name in names if name.endswith(f".tmp{SPARE}")]:
            temporary = name.removesuffix(SPARE)
            if temporary in names:
                disk.remove(folder / name)
            else:
                disk.move(folder / name, folder / temporary)

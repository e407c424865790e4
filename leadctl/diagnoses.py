"""What an examination has found, one thing a line: all is well, worth a look, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at."""

    #: ok, warn or fail.
    state: str
    #: What it is about, in a word or two.
    what: str
    detail: str
    #: What to type next; empty if all is well.
    hint: str = ""

    def as_data(self) -> dict[str, object]:
        """The diagnosis for `--json`."""
        return {**asdict(self), "hint": self.hint or None}


def ok(what: str, detail: str) -> Diagnosis:
    """All is well with *what*."""
    return Diagnosis("ok", what, detail)


def warn(what: str, detail: str, hint: str) -> Diagnosis:
    """Something about *what* is worth a look."""
    return Diagnosis("warn", what, detail, hint)


def fail(what: str, detail: str, hint: str) -> Diagnosis:
    """Something about *what* is wrong: some commands, or all, cannot do their work."""
    return Diagnosis("fail", what, detail, hint)


def diagnosis_lines(diagnoses: Iterable[Diagnosis]) -> Iterator[str]:
    """*diagnoses* for the eye, each with its hint below."""
    for each in diagnoses:
        yield f"{each.state:4}  {each.what:{_WIDTH}}  {each.detail}"
        if each.hint:
            yield f"{'':4}  {'':{_WIDTH}}  hint: {each.hint}"


def without_home(diagnosis: Diagnosis, home: str) -> Diagnosis:
    """*diagnosis* with the folder *home* written as ~: it is shown to strangers."""
    home = home.rstrip("/")
    if not home:
        return diagnosis
    detail, hint = (_shortened(text, home) for text in (diagnosis.detail, diagnosis.hint))
    return replace(diagnosis, detail=detail, hint=hint)


def _shortened(text: str, home: str) -> str:
    return text.replace(f"{home}/", "~/").replace(home, "~")


def size(count: int) -> str:
    """*count* bytes as people read it.

    >>> size(900), size(2_600_000)
    ('900 bytes', '2.6 MB')
    """
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}"
    return f"{count} bytes"

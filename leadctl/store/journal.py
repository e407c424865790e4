"""journal.jsonl: lines → events, events → lines. One JSON object a line, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zlib import crc32

from leadctl.event_lines import are_plain, event_of, line_of, quick_reader
from leadctl.problems import Problem, Where
from leadctl.records import Event

#: So many lines that cannot be read are told one by one.
PROBLEM_LIMIT = 50
#: A file without one event in so many more lines is no journal, and is read no further.
HOPELESS_LINES = 5_000
#: A journal of more bytes is worth what the quick reader costs to load.
_LONG = 500_000
#: What git leaves around two versions of some lines, the first eight bytes of each mark.
_CONFLICT_MARKS = (b"<<<<<<< ", b"||||||| ", b"=======", b"=======\r", b">>>>>>> ")


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal file says."""

    #: In the order of the file, each id once.
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    #: Where a torn last line begins, in bytes; the length of the file if there is none.
    sound_bytes: int


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """How far the journal was read, and a checksum of it up to there."""

    size: int
    checksum: int
    lines: int
    #: Another line can follow without anything in between.
    is_whole: bool

    @classmethod
    def of(cls, content: bytes) -> JournalEnd:
        """The end of a journal that holds *content*."""
        is_whole = not content or content.endswith(b"\n")
        return cls(len(content), crc32(content), content.count(b"\n"), is_whole)

    @classmethod
    def read(cls, text: str) -> JournalEnd:
        """What `as_text` wrote.

        Raises:
            ValueError: it is something else.
        """
        try:
            return cls(*json.loads(text))
        except TypeError as error:
            raise ValueError(text) from error

    def as_text(self) -> str:
        """All of it, as the index keeps it."""
        return json.dumps([self.size, self.checksum, self.lines, self.is_whole])

    def after(self, tail: bytes) -> JournalEnd:
        """The end once *tail* has been added."""
        lines = self.lines + tail.count(b"\n")
        is_whole = tail.endswith(b"\n") if tail else self.is_whole
        return JournalEnd(self.size + len(tail), crc32(tail, self.checksum), lines, is_whole)


def read_journal(content: bytes, path: str, *, first: int = 1) -> Journal:
    """Every event of *content*; a line that cannot be read is reported and skipped.

    *first* is the number of its first line. A last line that was cut off while it was written is
    a warning: the next write puts it aside.
    """
    reading = JournalReading(content, path, first=first)
    events = tuple(event for event, _ in reading)
    return Journal(events, tuple(reading.problems), reading.sound_bytes)


class JournalReading:
    """The events of a journal one by one, as `read_journal` gives them together.

    Once all have come, `problems` and `sound_bytes` are known.
    """

    def __init__(self, content: bytes, path: str, *, first: int = 1) -> None:
        self.problems: list[Problem] = []
        self.sound_bytes = len(content)
        self._content = content
        self._path = path
        self._first = first
        self._last = first + content.count(b"\n")
        self._marks: list[tuple[int, bytes]] = []
        self._unlisted: list[int] = []

    def __iter__(self) -> Iterator[tuple[Event, bytes]]:
        """Each event with its line, each id once."""
        again: list[Event] = []
        known: dict[str, int] = {}
        read = self._reader()
        for number, whole in enumerate(BytesIO(self._content), start=self._first):
            line = whole.removesuffix(b"\n")
            if not line.strip():
                continue
            try:
                event = read(line, number)
            except ValueError as error:
                self._refuse(number, line, error)
                if len(self._unlisted) == HOPELESS_LINES and not known:
                    self.sound_bytes = len(self._content) - len(self._torn_part())
                    break
                continue
            if known.setdefault(event.id, number) == number:
                yield event, line
            else:
                again.append(event)
        self.problems += _not_listed(self._path, self._unlisted)
        self.problems += [*_conflicts(self._path, self._marks), *self._repeated(known, again)]

    def _reader(self) -> Callable[[bytes, int], Event]:
        if len(self._content) <= _LONG:
            return event_of
        # As text of wide characters, all of it might not fit into the memory.
        return quick_reader(is_plain=self._content.isascii() and are_plain(self._content))

    def _refuse(self, number: int, line: bytes, error: ValueError) -> None:
        if line[:8] in _CONFLICT_MARKS:
            self._marks.append((number, line))
        elif number == self._last:
            self.problems.append(_torn(self._path, number))
            self.sound_bytes -= len(line)
        elif len(self.problems) < PROBLEM_LIMIT:
            self.problems.append(_broken(self._path, number, error, line))
        else:
            self._unlisted.append(number)

    def _torn_part(self) -> bytes:
        """What stands behind the last line end, if it is no event."""
        last = self._content.rpartition(b"\n")[2]
        return b"" if holds_event(last) else last

    def _repeated(self, known: Mapping[str, int], again: Sequence[Event]) -> Iterator[Problem]:
        if not again:
            return
        lines = self._content.split(b"\n")
        numbers = {event.id: known[event.id] for event in again}
        first = {id_: event_of(lines[n - self._first], n) for id_, n in numbers.items()}
        yield from _repeated(first, again)


def holds_event(line: bytes) -> bool:
    """True if *line* says an event as a whole: it was not cut off while it was written."""
    try:
        event_of(line)
    except ValueError:
        return False
    return True


def lines_of(events: Iterable[Event]) -> bytes:
    """The lines that say *events*."""
    return b"".join(line_of(event) + b"\n" for event in events)


def _torn(path: str, number: int) -> Problem:
    message = "the last line was cut off while it was written; it is ignored"
    hint = "the next change puts it aside in .leadctl/quarantine"
    return Problem(Where(path, number), message, hint, "journal", is_warning=True)


def _broken(path: str, number: int, error: ValueError, line: bytes) -> Problem:
    excerpt = line[:200].decode("utf-8", "backslashreplace")
    hint = "mend or remove this line by hand; the other events are not affected"
    return Problem(Where(path, number), str(error), hint, "journal", excerpt)


def _not_listed(path: str, numbers: Sequence[int]) -> Iterator[Problem]:
    if numbers:
        count = f"{len(numbers):,}" if len(numbers) < HOPELESS_LINES else "thousands of"
        message = f"{count} lines from here on cannot be read"
        hint = "is this the right file? put it back from a copy"
        yield Problem(Where(path, numbers[0]), message, hint, "journal")


def _conflicts(path: str, marks: Sequence[tuple[int, bytes]]) -> Iterator[Problem]:
    """One problem for each merge that git has left undone; the events in it are read."""
    first, excerpt = 0, ""
    for place, (number, mark) in enumerate(marks):
        if not first:
            first, excerpt = number, mark.decode("utf-8", "backslashreplace").rstrip("\r")
        is_last = place + 1 == len(marks) or marks[place + 1][1].startswith(b"<")
        if is_last:
            lines = f"line {number}" if first == number else f"lines {first}–{number}"
            message = f"unresolved merge conflict, {lines}"
            hint = "keep the events of both sides and remove the lines with the marks of git"
            yield Problem(Where(path, first, 1), message, hint, "conflicts", excerpt)
            first = 0


def _repeated(events: Mapping[str, Event], again: Sequence[Event]) -> Iterator[Problem]:
    """What to say of lines with the id of an earlier one: the same once more, or another."""
    # The place of an event is left out when two are compared.
    others = [event for event in again if event != events[event.id]]
    copies = [event for event in again if event == events[event.id]]
    for event in others:
        first = events[event.id].line
        message = f'the id "{event.id}" stands in line {first} already; this event is not counted'
        hint = "if both have happened, change one letter of this id"
        yield Problem(event.source, message, hint, "journal")
    if copies:
        lines = "1 line stands" if len(copies) == 1 else f"{len(copies)} lines stand, from here,"
        message = f"{lines} in the journal twice; each counts once"
        hint = "a merge or a sync program has joined two copies; nothing has to be done"
        yield Problem(copies[0].source, message, hint, "journal", is_warning=True)

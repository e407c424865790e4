"""journal.jsonl: lines → events, events → lines. One JSON object a line, only ever added to."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NoReturn

from leadctl.dates import parse_stored
from leadctl.problems import Problem, Where
from leadctl.records import Event, Value

#: A line is no longer than this many bytes, so that a broken file cannot fill the memory.
LINE_LIMIT = 16_000_000

#: So many lines that cannot be read are told one by one.
PROBLEM_LIMIT = 50
#: A file without one event in so many more lines is no journal, and is read no further.
HOPELESS_LINES = 5_000

_ORDER = tuple(field.name for field in fields(Event) if field.name not in {"changes", "source"})
_TEXTS, _ONLY_TEXT = frozenset(_ORDER), {str}
_encode = json.JSONEncoder(ensure_ascii=False).encode
#: What git leaves around two versions of some lines, the first eight bytes of each mark.
_CONFLICT_MARKS = (b"<<<<<<< ", b"||||||| ", b"=======", b"=======\r", b">>>>>>> ")
_NEEDED = ("id", "op", "at", "kind", "contact", "on")


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal file says."""

    #: In the order of the file, each id once.
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    #: Where a torn last line begins, in bytes; the length of the file if there is none.
    sound_bytes: int


def read_journal(content: bytes, path: str, *, first: int = 1) -> Journal:
    """Every event of *content*; a line that cannot be read is reported and skipped.

    *first* is the number of its first line. A last line that was cut off while it was written is
    a warning: the next write puts it aside.
    """
    events: dict[str, Event] = {}
    problems: list[Problem] = []
    marks: list[tuple[int, bytes]] = []
    again: list[Event] = []
    unlisted: list[int] = []
    sound_bytes = len(content)
    lines = content.split(b"\n")
    last = first + len(lines) - 1
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            event = _event(line, Where(path, number))
        except ValueError as error:
            if line[:8] in _CONFLICT_MARKS:
                marks.append((number, line))
            elif number == last:
                problems.append(_torn(path, number))
                sound_bytes -= len(line)
            elif len(problems) < PROBLEM_LIMIT:
                problems.append(_broken(path, number, error, line))
            else:
                unlisted.append(number)
                if len(unlisted) == HOPELESS_LINES and not events:
                    sound_bytes = len(content) - len(_torn_part(lines[-1]))
                    break
        else:
            if events.setdefault(event.id, event) is not event:
                again.append(event)
    problems += _not_listed(path, unlisted)
    problems += [*_conflicts(path, marks), *_repeated(events, again)]
    return Journal(tuple(events.values()), tuple(problems), sound_bytes)


def _torn_part(last: bytes) -> bytes:
    """What stands behind the last line end, if it is no event."""
    return b"" if holds_event(last) else last


def holds_event(line: bytes) -> bool:
    """True if *line* says an event as a whole: it was not cut off while it was written."""
    try:
        _event(line, Where(""))
    except ValueError:
        return False
    return True


def lines_of(events: Iterable[Event]) -> bytes:
    """The lines that say *events*."""
    return b"".join(_line(event) for event in events)


def _line(event: Event) -> bytes:
    shown: dict[str, object] = {
        name: getattr(event, name) for name in _ORDER if getattr(event, name)
    }
    if event.changes:
        shown["changes"] = event.changes
    # A lone surrogate can only be kept escaped; everything else stays readable.
    text = _encode(shown)
    if not text.isprintable():
        text = _escaped(text)
    return text.encode("utf-8") + b"\n"


def _escaped(text: str) -> str:
    return "".join(
        char if char.isprintable() or ord(char) > 0xFFFF else f"\\u{ord(char):04x}" for char in text
    )


def _event(line: bytes, where: Where) -> Event:
    if len(line) > LINE_LIMIT:
        raise ValueError("the line is longer than 16 MB")
    try:
        # Given bytes, it would take UTF-16 too, which the next line could not.
        data = json.loads(line.removeprefix(BOM_UTF8).decode())
    except (ValueError, RecursionError) as error:
        raise ValueError("this is not a line of JSON") from error
    if not isinstance(data, dict):
        raise ValueError("an event is written between { and }")
    texts = {name: data[name] for name in _TEXTS & data.keys()}
    if set(map(type, texts.values())) != _ONLY_TEXT or not all(map(texts.get, _NEEDED)):
        _refuse(texts)
    if rb"\u" in line:
        _require_characters(json.dumps(data, ensure_ascii=False))
    parse_stored(texts["on"])
    parse_stored(texts["at"])
    return Event(**texts, changes=_changes(data.get("changes", {})), source=where)


def _refuse(texts: Mapping[str, object]) -> NoReturn:
    wrong = [name for name in _ORDER if not isinstance(texts.get(name, ""), str)]
    missing = [name for name in _NEEDED if not texts.get(name)]
    raise ValueError(f'"{(wrong or missing)[0]}" is missing or is no text')


def _require_characters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("there is half a character in it, which no file can hold") from error


def _changes(data: object) -> Mapping[str, tuple[Value, Value]]:
    if not isinstance(data, dict):
        raise ValueError('"changes" does not say field, old and new')
    return {str(name): _pair(pair) for name, pair in data.items()}


def _pair(pair: object) -> tuple[Value, Value]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError('"changes" does not say field, old and new')
    return _value(pair[0]), _value(pair[1])


def _value(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(value)
    raise ValueError('"changes" holds something that is neither text nor a list of texts')


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
        first = events[event.id].source.line
        message = f'the id "{event.id}" stands in line {first} already; this event is not counted'
        hint = "if both have happened, change one letter of this id"
        yield Problem(event.source, message, hint, "journal")
    if copies:
        lines = "1 line stands" if len(copies) == 1 else f"{len(copies)} lines stand, from here,"
        message = f"{lines} in the journal twice; each counts once"
        hint = "a merge or a sync program has joined two copies; nothing has to be done"
        yield Problem(copies[0].source, message, hint, "journal", is_warning=True)

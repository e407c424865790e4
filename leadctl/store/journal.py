"""journal.jsonl: lines → events, events → lines. One JSON object a line, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from leadctl.dates import parse_stored
from leadctl.problems import Problem, Where
from leadctl.records import Event, Value

#: A line is no longer than this many bytes, so that a broken file cannot fill the memory.
LINE_LIMIT = 16_000_000

_TEXTS = tuple(field.name for field in fields(Event) if field.name not in {"changes", "source"})
_NEEDED = ("id", "op", "at", "kind", "contact", "on")


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal file says."""

    #: In the order of the file, each id once.
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    #: Where a torn last line begins, in bytes; the length of the file if there is none.
    sound_bytes: int


def read_journal(content: bytes, path: str) -> Journal:
    """Every event of *content*; a line that cannot be read is reported and skipped.

    A last line that was cut off while it was written is a warning: the next write puts it aside.
    """
    events: dict[str, Event] = {}
    problems: list[Problem] = []
    lines = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            event = _event(line, Where(path, number))
        except ValueError as error:
            if number == len(lines):
                problems.append(_torn(path, number))
                return Journal(tuple(events.values()), tuple(problems), len(content) - len(line))
            problems.append(_broken(path, number, error, line))
        else:
            events.setdefault(event.id, event)
    return Journal(tuple(events.values()), tuple(problems), len(content))


def lines_of(events: Iterable[Event]) -> bytes:
    """The lines that say *events*."""
    return b"".join(_line(event) for event in events)


def _line(event: Event) -> bytes:
    shown: dict[str, object] = {
        name: getattr(event, name) for name in _TEXTS if getattr(event, name)
    }
    if event.changes:
        shown["changes"] = event.changes
    # A lone surrogate can only be kept escaped; everything else stays readable.
    text = json.dumps(shown, ensure_ascii=False)
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
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("this is not a line of JSON") from error
    if not isinstance(data, dict):
        raise ValueError("an event is written between { and }")
    texts = {name: data.get(name, "") for name in _TEXTS}
    wrong = [name for name, value in texts.items() if not isinstance(value, str)]
    missing = [name for name in _NEEDED if not texts[name]]
    if wrong or missing:
        raise ValueError(f'"{(wrong or missing)[0]}" is missing or is no text')
    if rb"\u" in line:
        _require_characters(json.dumps(data, ensure_ascii=False))
    parse_stored(texts["on"])
    parse_stored(texts["at"])
    return Event(**texts, changes=_changes(data.get("changes", {})), source=where)


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

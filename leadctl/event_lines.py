"""How one event is written: a line of the journal, which is one JSON object."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import NoReturn

from leadctl.dates import parse_stored
from leadctl.records import Changes, Event, Value

#: A line is no longer than this many bytes, so that a broken file cannot fill the memory.
LINE_LIMIT = 16_000_000

#: Lists in lists may be too deep for a reader, or not, as it has come deep itself by then.
_LONG, _DEEP = 1_000, 300

_NO_TEXT = frozenset({"changes", "follow_ups", "record", "line"})
_ORDER = tuple(field.name for field in fields(Event) if field.name not in _NO_TEXT)
_TEXTS, _ONLY_TEXT = frozenset(_ORDER), {str}
_NEEDED = ("id", "op", "at", "kind", "contact", "on")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def line_of(event: Event) -> bytes:
    """The line that says *event*, without its end."""
    shown: dict[str, object] = {
        name: getattr(event, name) for name in _ORDER if getattr(event, name)
    }
    if event.changes:
        shown["changes"] = event.changes
    if event.follow_ups:
        shown["follow_ups"] = event.follow_ups
    if event.record:
        shown["record"] = event.record
    # A lone surrogate can only be kept escaped; everything else stays readable.
    text = _encode(shown)
    return (text if text.isprintable() else _escaped(text)).encode("utf-8")


def event_of(line: bytes, number: int = 0) -> Event:
    """The event that *line*, the one with this *number*, says.

    Raises:
        ValueError: it says none; the message tells why.
    """
    if len(line) > LINE_LIMIT:
        raise ValueError("the line is longer than 16 MB")
    try:
        # Given bytes, it would take UTF-16 too, which the next line could not.
        data = json.loads(line.removeprefix(BOM_UTF8).decode(), parse_int=_is_no_text)
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
    return Event(
        **texts,
        changes=_changes(data.get("changes", {})),
        follow_ups=_follow_ups(data.get("follow_ups", {})),
        record=_record(data.get("record", [])),
        line=number,
    )


def quick_reader(*, is_plain: bool = False) -> Callable[[bytes, int], Event]:
    """The same as `event_of`, for very many lines: ten times as fast, once it is loaded.

    *is_plain*: all lines are, as `are_plain` tells, and need no look at each.
    """
    # It takes longer to load than to read a thousand lines without it.
    import msgspec

    decode = msgspec.json.Decoder(Event).decode
    # It is frozen, but nobody else has it yet.
    set_line = vars(Event)["line"].__set__
    require_date = _date_check()

    def read(line: bytes, number: int) -> Event:
        # What it reads in another way, or would not look at, is rare.
        if not (is_plain or are_plain(line)):
            return event_of(line, number)
        if len(line) > _LONG and line.count(b"[") + line.count(b"{") > _DEEP:
            return event_of(line, number)
        try:
            event = decode(line)
            require_date(event.on)
            require_date(event.at)
        except (ValueError, RecursionError):
            return event_of(line, number)
        if not (event.id and event.op and event.kind and event.contact) or len(line) > LINE_LIMIT:
            return event_of(line, number)
        set_line(event, number)
        return event

    return read


def are_plain(lines: bytes) -> bool:
    """True if the quick reader reads *lines*, one or all of them, as the other one does."""
    return not (rb"\u" in lines or b'"line"' in lines) and (lines.isascii() or _is_text(lines))


def _date_check() -> Callable[[str], None]:
    """A function that refuses what is no date, with a time or without."""
    days: set[str] = set()
    times: set[str] = set()

    def require_date(text: str) -> None:
        # There are many events, and few days; what follows a day has no part in whether it is one.
        if text[:10] not in days or text[10:] not in times:
            parse_stored(text)
            days.add(text[:10])
            times.add(text[10:])

    return require_date


def _is_no_text(digits: str) -> int:  # noqa: ARG001  # they may be too many for a number
    return 0


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except ValueError:
        return False
    return True


def _escaped(text: str) -> str:
    return "".join(
        char if char.isprintable() or ord(char) > 0xFFFF else f"\\u{ord(char):04x}" for char in text
    )


def _refuse(texts: Mapping[str, object]) -> NoReturn:
    wrong = [name for name in _ORDER if not isinstance(texts.get(name, ""), str)]
    missing = [name for name in _NEEDED if not texts.get(name)]
    raise ValueError(f'"{(wrong or missing)[0]}" is missing or is no text')


def _require_characters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("there is half a character in it, which no file can hold") from error


def _follow_ups(data: object) -> Mapping[str, Changes]:
    if not isinstance(data, dict):
        raise ValueError('"follow_ups" does not say which ones')
    return {str(id_): _changes(changes) for id_, changes in data.items()}


def _record(data: object) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(text, str) for text in data):
        raise ValueError('"record" holds something that is no text')
    return tuple(data)


def _changes(data: object) -> Changes:
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

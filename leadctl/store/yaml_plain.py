"""Records of the plainest kind, one `field: value` a line, read without a parser.

Most files hold little else, and it takes less than half the time. What is written otherwise is
left to the parser, and so is all of a file in which anything is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from leadctl.problems import Where
from leadctl.records import Record, Value
from leadctl.store.yaml_pieces import Piece
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_records import RecordReader
from leadctl.store.yaml_source import MAX_ITEMS, Source

#: Characters that are more than they look like, to YAML or to an editor.
_ODD = re.compile(
    "[^\n -~\xa1-\u167f\u1681-\u1fff\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\ue000-\ufefe"
    "\uff00-\ufffd\U00010000-\U0010ffff]"
)
#: Lines that begin or end something else than a record, or one in another way.
_ODD_LINES = ("\n---", "\n...", "\n%", "\n-\n", "\n<<<<<<< ")
_HEAD = re.compile(r"(?: *(?:#[^\n]*)?\n)*\Z")
_NAME = r"[a-z][a-z0-9_]{0,60}"
_TEXT = r"[A-Za-z0-9+(\u00c0-\u024f][^\n:#]*(?::[^ \n:#][^\n:#]*)*(?<! )"
_ITEM = r"[A-Za-z0-9+(][^\n:#,\[\]{}\"'?]*(?<! )"
_FIELD = rf"{_NAME}: (?:{_TEXT}|\[{_ITEM}(?:, {_ITEM})*\])"


def plain_records(text: str, path: str) -> list[Record] | None:
    """The records of *text*, a list of mappings, if nothing is wrong with it.

    None where only a parser can tell.
    """
    parts = _cut(text)
    if parts is None:
        return None
    head, *parts = parts
    source, line, index = Source(text, path), head.count("\n") + 1, len(head)
    records = []
    for part in parts:
        end = index + len(part) + 3
        record = _plain(part, "\n  ", Where(path, line, 3)) or _parsed(source, index, end)
        if record is None:
            return None
        records.append(record)
        line += part.count("\n") + 1
        index = end
    return records


def plain_record(text: str, path: str) -> Record | None:
    """The record that *text* is, if it is a plain one."""
    if _ODD.search(text) or not text.endswith("\n"):
        return None
    return _plain(text, "\n", Where(path, 1, 1))


def plain_edit(text: str, edits: Mapping[str, Mapping[str, Value]]) -> str | None:
    """*text*, a list of plain records, with *edits* (id → field → value) made.

    None if a record is not plain, or an edit more than another plain text in the place of one.
    """
    parts = _cut(text)
    if parts is None:
        return None
    head, *parts = parts
    left, where = dict(edits), Where("")
    for number, part in enumerate(parts):
        record = _plain(part, "\n  ", where)
        if record is None:
            return None
        key = str(record.values.get("id"))
        if key not in edits:
            continue
        if key not in left:
            # A second record with the same id.
            return None
        fields = left.pop(key)
        new = _with_fields(part, record.values, fields)
        changed = _plain(new, "\n  ", where) if new else None
        if not new or changed is None or changed.values != {**record.values, **fields}:
            return None
        parts[number] = new
    body = "\n- ".join(parts)
    return None if left else f"{head}- {body}\n"


def _with_fields(part: str, before: Mapping[str, Value], fields: Mapping[str, Value]) -> str:
    for name, new in fields.items():
        old = before.get(name)
        if not (isinstance(old, str) and isinstance(new, str)) or scalar(new) != new:
            return ""
        place = f"\n  {name}: {old}\n"
        if name == "id" or place not in f"{part}\n":
            return ""
        part = f"{part}\n".replace(place, f"\n  {name}: {new}\n", 1)[:-1]
    return part


def _cut(text: str) -> list[str] | None:
    """What stands above the records, and each of them without dash and line end."""
    if not text.endswith("\n") or _ODD.search(text):
        return None
    if any(text.startswith(line[1:]) or line in text for line in _ODD_LINES):
        return None
    if text.startswith("- "):
        return ["", *text[2:-1].split("\n- ")]
    first = text.find("\n- ") + 1
    if not first or not _HEAD.match(text, 0, first):
        return None
    return [text[:first], *text[first + 2 : -1].split("\n- ")]


@cache
def _record_of(between: str) -> re.Pattern[str]:
    return re.compile(rf"{_FIELD}(?:{between}{_FIELD})*\n*")


def _plain(part: str, between: str, where: Where) -> Record | None:
    """The record that *part* is, with *between* two of its fields."""
    if len(part) > MAX_ITEMS or not _record_of(between).fullmatch(part):
        return None
    values: dict[str, Value] = {}
    lines = part.rstrip("\n").split(between)
    for line in lines:
        name, _, text = line.partition(": ")
        values[name] = text
    if len(values) < len(lines):
        return None
    if ": [" in part:
        values.update(_lists(values))
    first, margin = where.line, where.column + 2
    places = {name: (first + n, len(name) + margin) for n, name in enumerate(values)}
    return Record(values, where, places)


def _lists(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    for name, value in values.items():
        if isinstance(value, str) and value.startswith("["):
            yield name, tuple(value[1:-1].split(", "))


def _parsed(source: Source, start: int, end: int) -> Record | None:
    """The one sound record between the two places of *source*."""
    reader = RecordReader(source, Piece(start, min(end, len(source.text))), is_list=True)
    if reader.read() or source.is_refused or source.problems or len(reader.found.records) != 1:
        return None
    return reader.found.records[0]

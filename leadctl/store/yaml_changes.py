"""Splices that change the fields of one record and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.records import Value
from leadctl.store.yaml_layout import Entry, Layout, Listed, Text
from leadctl.store.yaml_lists import (
    has_comment,
    list_splices,
    replace_scalar,
    without_block,
    without_items,
)
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_splices import Page, Splice, field_lines, flow_field, flow_list, normal


def record_splices(page: Page, record: Layout, fields: Mapping[str, Value]) -> list[Splice]:
    """What makes *record* have the values *fields*; an empty one clears the field."""
    splices: list[Splice] = []
    wanted = {name: normal(value) for name, value in fields.items()}
    for number, entry in enumerate(record.entries):
        new = wanted.pop(entry.name, None)
        if new is None or new == _value(entry):
            continue
        change = _set if new else _clear
        splices += change(page, record, number, new)
    added = {name: value for name, value in wanted.items() if value}
    return [*splices, *_added(page, record, added)]


def last_text(record: Layout) -> Text | None:
    """The scalar that stands last in *record*; None for an empty one."""
    if not record.entries:
        return None
    value = record.entries[-1].value
    if isinstance(value, Text):
        return value
    return value.items[-1] if value.items else None


def keeps_blank_lines(page: Page, text: Text | None) -> bool:
    """True if blank lines below *text* belong to it."""
    if text is None or not text.is_block:
        return False
    # With `|+` all of them do, else those with more blanks than the lines of the block.
    tail = page.text[text.lines_end : text.end] if text.lines_end else ""
    return "+" in page.text[text.start : text.mark_end] or " " in tail


def line_of_last(page: Page, record: Layout) -> int:
    """An index in the last line of *record*, which has fields."""
    text = last_text(record)
    if text is None or not keeps_blank_lines(page, text):
        return record.entries[-1].last
    # The block ends where the line below it starts: step back over the line end between them.
    before = page.text[text.end - 2 : text.end]
    if before == "\r\n":
        return text.end - 2
    return text.end - 1 if before[-1:] in ("\n", "\r") else text.end


def _value(entry: Entry) -> Value:
    if isinstance(entry.value, Text):
        return entry.value.text
    return normal(tuple(item.text for item in entry.value.items))


def _set(page: Page, record: Layout, number: int, new: Value) -> list[Splice]:
    entry = record.entries[number]
    old = entry.value
    if isinstance(old, Listed):
        return list_splices(page, old, (new,) if isinstance(new, str) else new)
    if old.start == old.end:
        return _set_empty(page, record, entry, new)
    if isinstance(new, str) and not record.is_flow:
        return replace_scalar(page, old, new, record.column)
    if record.is_flow:
        quote = old.style if old.style in ("'", '"') else ""
        head = scalar(new, in_flow=True, quote=quote) if isinstance(new, str) else flow_list(new)
        return [Splice(old.start, old.end, head)]
    end = old.mark_end if old.is_block else old.end
    block = without_block(page, old) if old.is_block else []
    return [Splice(old.start, end, flow_list(new)), *block]


def _set_empty(page: Page, record: Layout, entry: Entry, new: Value) -> list[Splice]:
    place = entry.last
    if record.is_flow:
        head = scalar(new, in_flow=True) if isinstance(new, str) else flow_list(new)
        return [Splice(place, place, f" {head}" if entry.colon_end >= 0 else f": {head}")]
    rendered = page.render(new, page.next_line(place), record.column)
    below = [page.lines_below(place, rendered.block)] if rendered.block else []
    return [Splice(place, place, f" {rendered.head}"), *below]


def _clear(page: Page, record: Layout, number: int, _: Value) -> list[Splice]:
    entry = record.entries[number]
    old = entry.value
    if record.is_flow:
        if isinstance(old, Listed) and has_comment(page, old):
            return without_items(page, old)
        return [Splice(old.start, old.end, "''")]
    if _must_keep_key(page, record, number):
        return _emptied(page, entry)
    if isinstance(old, Listed) and not old.is_flow:
        # What stands between the items are comments on lines of their own.
        return [page.without_lines(entry.start, entry.colon_end), *without_items(page, old)]
    return [page.without_lines(entry.start, entry.last)]


def _must_keep_key(page: Page, record: Layout, number: int) -> bool:
    entry = record.entries[number]
    if number == 0 or _has_comment(page, entry):
        return True
    above = last_text(Layout(0, 0, 0, is_flow=False, entries=record.entries[:number]))
    if above is None or not above.is_block:
        return not page.ends_block(page.next_line(entry.last), record.column)
    # Without this line between them, what stands below would become part of the block above.
    if isinstance(entry.value, Listed) and has_comment(page, entry.value):
        return True
    is_open = keeps_blank_lines(page, above)
    return is_open or not page.ends_block(page.next_line(entry.last), record.column)


def _has_comment(page: Page, entry: Entry) -> bool:
    old = entry.value
    around = [page.text[entry.colon_end : old.start]]
    if isinstance(old, Text) and old.is_block:
        around.append(page.text[old.mark_end : page.line_end(old.mark_end)])
    elif isinstance(old, Text) or old.is_flow:
        around.append(page.text[old.end : page.line_end(old.end)])
    is_inside = isinstance(old, Listed) and old.is_flow and has_comment(page, old)
    return is_inside or any("#" in part for part in around)


def _emptied(page: Page, entry: Entry) -> list[Splice]:
    """The value removed, its key and all comments kept."""
    old = entry.value
    if isinstance(old, Listed) and (not old.is_flow or has_comment(page, old)):
        return without_items(page, old)
    gap = page.text[entry.colon_end : old.start]
    start = old.start if gap.strip(" \t") else entry.colon_end
    if isinstance(old, Text) and old.is_block:
        return [Splice(start, old.mark_end, ""), *without_block(page, old)]
    return [Splice(start, old.end, "")]


def _added(page: Page, record: Layout, fields: Mapping[str, Value]) -> list[Splice]:
    if not fields:
        return []
    if record.is_flow:
        return [_added_in_flow(record, fields)]
    below = line_of_last(page, record)
    lines: list[str] = []
    for name, value in fields.items():
        rendered = page.render(value, page.next_line(below), record.column)
        lines += field_lines(name, rendered, " " * record.column)
    return [page.lines_below(below, lines)]


def _added_in_flow(record: Layout, fields: Mapping[str, Value]) -> Splice:
    new = ", ".join(flow_field(name, value) for name, value in fields.items())
    if not record.entries:
        return Splice(record.start + 1, record.start + 1, new)
    last = record.entries[-1]
    # A comma right behind a colon would become part of the key.
    comma = " , " if last.value.start == last.value.end and last.colon_end >= 0 else ", "
    return Splice(last.last, last.last, comma + new)

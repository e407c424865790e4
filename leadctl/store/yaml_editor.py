"""Changes to a YAML text of the book, field by field; not one other character becomes different.

What comes out is read again and compared record for record before anyone may write it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from leadctl.records import Record, Value
from leadctl.store.edit_error import EditError
from leadctl.store.yaml_additions import addition_splices, closing_splices, new_fields
from leadctl.store.yaml_changes import record_splices
from leadctl.store.yaml_layout import layout
from leadctl.store.yaml_plain import plain_edit
from leadctl.store.yaml_reader import find_record, find_records
from leadctl.store.yaml_records import Found
from leadctl.store.yaml_removals import removal_splices
from leadctl.store.yaml_source import Source, collector_paused
from leadctl.store.yaml_splices import Page, Splice, apply, normal

__all__ = ["EditError", "edit", "edit_one", "render_one", "sound_records"]

_Fields = Mapping[str, Value]


def edit(
    text: str,
    edits: Mapping[str, _Fields],
    additions: Sequence[_Fields] = (),
    removals: Collection[str] = (),
) -> str:
    """*text* with *edits* (id → field → value, empty clears) made and *additions* at its end.

    The records with the ids *removals* go first, with the comments inside of them and behind
    their fields; those above stay. A cleared field loses its line, unless a comment stands there
    or it is the first of its record. Reads *text* once before and once after: 10,000 records
    take about a second.

    Raises:
        EditError: an id is not there or there twice, the text has problems, or what came out is
            not exactly what was meant.
    """
    with collector_paused(text):
        if removals:
            text = _without(text, removals)
        if removals and not (edits or additions):
            return text
        plain = None if additions else plain_edit(text, edits)
        return plain if plain is not None else _edited(text, edits, additions)


def edit_one(text: str, fields: _Fields) -> str:
    """*text*, one mapping, with *fields* set; an empty value clears the field.

    Raises:
        EditError: as for `edit`.
    """
    found = sound_records(text, is_list=False)
    page = Page(text)
    if found.records:
        splices = record_splices(page, layout(text, *found.spans[0]), fields)
        splices += closing_splices(page, found, splices)
    else:
        splices = new_fields(page, found, fields)
    if not splices:
        return text
    before = found.records[0].values if found.records else {}
    return _verified(apply(text, splices), [{**before, **fields}], {0}, is_list=False)


def render_one(fields: _Fields) -> str:
    """The text of a new file that is one mapping, in the order of *fields*; empty ones left out.

    Raises:
        EditError: as for `edit`; a text that no file can hold.
    """
    return edit_one("", fields)


def _edited(text: str, edits: Mapping[str, _Fields], additions: Sequence[_Fields]) -> str:
    found = sound_records(text, is_list=True)
    page = Page(text)
    numbers = _numbers(found.records, edits)
    splices: list[Splice] = []
    for key, fields in edits.items():
        splices += record_splices(page, layout(text, *found.spans[numbers[key]]), fields)
    splices += addition_splices(page, found, additions)
    splices += closing_splices(page, found, splices)
    if not splices:
        return text
    wanted: list[_Fields] = [record.values for record in found.records]
    for key, fields in edits.items():
        wanted[numbers[key]] = {**wanted[numbers[key]], **fields}
    return _verified(apply(text, splices), [*wanted, *additions], set(numbers.values()))


def _without(text: str, removals: Collection[str]) -> str:
    found = sound_records(text, is_list=True)
    gone = set(_numbers(found.records, removals).values())
    kept = [number for number in range(len(found.records)) if number not in gone]
    page = Page(text)
    splices = removal_splices(page, found, gone)
    left = apply(text, splices)
    if not kept and not _is_list(left):
        # `...` needs something above it.
        first = splices[0]
        brackets = Splice(first.start, first.end, f"[]{page.eol(first.start)}")
        left = apply(text, [brackets, *splices[1:]])
    _require_kept(text, found, left, kept)
    return left


def _is_list(text: str) -> bool:
    source = Source(text, "")
    find_records(source)
    return not source.is_refused


def _require_kept(old: str, before: Found, new: str, kept: Sequence[int]) -> None:
    """Hold that *new* has the records *kept* of the text *old*, written the same, and no others."""
    after = sound_records(new, is_list=True)
    if len(after.records) != len(kept):
        raise EditError(f"{len(after.records)} records came out, not {len(kept)}")
    for number, record, place in zip(kept, after.records, after.spans, strict=True):
        start, end = before.spans[number]
        is_same = new.startswith(old[start:end].rstrip(), place[0])
        if not is_same or record.values != before.records[number].values:
            raise EditError(f"record {number + 1} would not have stayed as it was")


def sound_records(text: str, *, is_list: bool = True) -> Found:
    """The records of *text*, in which nothing may be wrong.

    Raises:
        EditError: something is.
    """
    source = Source(text, "")
    found = find_records(source) if is_list else find_record(source)
    if source.is_refused:
        first = next(one for one in source.problems if not one.is_warning)
        raise EditError(f"line {first.where.line}: {first.message}")
    return found


def _numbers(records: Sequence[Record], ids: Iterable[str]) -> dict[str, int]:
    wanted = set(ids)
    numbers: dict[str, int] = {}
    for number, record in enumerate(records):
        key = record.values.get("id", "")
        if not isinstance(key, str) or key not in wanted:
            continue
        if key in numbers:
            raise EditError(f'there are two records with the id "{key}"')
        numbers[key] = number
    for key in wanted - numbers.keys():
        raise EditError(f'there is no record with the id "{key}"')
    return numbers


def _verified(
    text: str, wanted: Sequence[_Fields], edited: set[int], *, is_list: bool = True
) -> str:
    """*text*, if it holds the records *wanted*; all but those *edited* and new to the letter."""
    found = sound_records(text, is_list=is_list)
    if len(found.records) != len(wanted):
        raise EditError(f"{len(found.records)} records came out, not {len(wanted)}")
    for number, (record, fields) in enumerate(zip(found.records, wanted, strict=True)):
        if record.values == fields and number not in edited:
            continue
        if _meaning(record.values) != _meaning(fields):
            raise EditError(f"record {number + 1} did not come out as it was meant")
    return text


def _meaning(fields: _Fields) -> dict[str, Value]:
    """*fields* without the empty ones: what a file says, however it says it."""
    values = {name: normal(value) for name, value in fields.items()}
    return {name: value for name, value in values.items() if value}

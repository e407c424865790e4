"""YAML files of a book as records or as a tree; strict, and every scalar the text as written.

What a file may not hold (anchors, tags, a key twice, …) and what cannot be parsed at all comes
back as problems, each with its place, next to everything that could be read.
"""

from __future__ import annotations

from leadctl.located import Node
from leadctl.problems import Problem
from leadctl.records import Record
from leadctl.store.yaml_faults import Fault
from leadctl.store.yaml_pieces import Piece, conflicts, pieces
from leadctl.store.yaml_plain import plain_record, plain_records
from leadctl.store.yaml_records import Found, RecordReader
from leadctl.store.yaml_source import MAX_PROBLEMS, Source, collector_paused
from leadctl.store.yaml_tree import build_tree

#: After so many records that are no YAML, the rest of the file is not looked at.
_MOST_FAULTS = 500


def read_tree(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Everything in *text*, as nodes that know their place.

    None if there is nothing but comments, or if something is wrong. *text* has no byte order
    mark.
    """
    source = Source(text, path)
    node = None if _refuse_conflicts(source) else build_tree(source)
    return None if source.is_refused else node, source.problems


def read_records(text: str, path: str) -> tuple[list[Record], list[Problem]]:
    """The records of *text*, a list of mappings, in the order of the file.

    A value is a text or a tuple of texts. A record with something wrong in it is left out and
    told by a problem. *text* has no byte order mark. 10,000 records take about 0.4 s.
    """
    with collector_paused(text):
        plain = plain_records(text, path)
    if plain is not None:
        return plain, []
    source = Source(text, path)
    found = find_records(source)
    return found.records, source.problems


def read_record(text: str, path: str) -> tuple[Record | None, list[Problem]]:
    """The record that *text*, a mapping, consists of; None if it is empty or wrong."""
    plain = plain_record(text, path)
    if plain is not None:
        return plain, []
    source = Source(text, path)
    found = find_record(source)
    return (found.records[0] if found.records else None), source.problems


def find_record(source: Source) -> Found:
    """The one record of *source*, with the part of the text that it is in."""
    if _refuse_conflicts(source):
        return Found()
    reader = RecordReader(source, Piece(0, len(source.text)), is_list=False)
    fault = reader.read()
    if fault and not reader.has_told(fault):
        source.tell(fault.index, fault.message, fault.hint)
    return Found() if source.is_refused else reader.found


def find_records(source: Source) -> Found:
    """The sound records of *source*, which gets a problem for each of the others."""
    with collector_paused(source.text):
        parts = _refuse_conflicts(source)
        if parts:
            return _piecewise(source, parts)
        reader = RecordReader(source, Piece(0, len(source.text)), is_list=True)
        fault = reader.read()
        return _rescue(source, reader, fault) if fault else reader.found


def _refuse_conflicts(source: Source) -> list[Piece]:
    parts = conflicts(source.text)
    hint = "keep one of the two versions and remove the marks <<<<<<<, ======= and >>>>>>>"
    for part in parts:
        first, last = source.place(part.start)[0], source.place(part.end)[0]
        message = f"unresolved merge conflict, lines {first}–{last}"
        source.tell(part.start, message, hint, check="conflicts")
    return parts


def _rescue(source: Source, reader: RecordReader, fault: Fault) -> Found:
    """What can be had of a text with *fault*: all records that can be read by themselves."""
    if not reader.has_told(fault):
        source.tell(fault.index, fault.message, fault.hint)
    if source.is_hopeless:
        return reader.found
    told = list(source.problems)
    source.problems.clear()
    found = _piecewise(source, [])
    if source.is_refused:
        return found
    # Each piece is sound, or there are none: what is wrong is what the first pass said.
    source.problems[:] = told
    return found if found.records else reader.found


def _piecewise(source: Source, avoid: list[Piece]) -> Found:
    """The records of all pieces that can be read, but for those that meet one of *avoid*.

    Sound pieces are read together, twice as many each time, so that one mistake among thousands
    of records costs little.
    """
    found = Found(end=len(source.text))
    parts = pieces(source.text, avoid)
    number, together, faults = 0, 1, 0
    while number < len(parts) and faults < _MOST_FAULTS:
        group = _neighbours(parts, number, together)
        sound = _read_group(source, group, found)
        faults += sound == 0
        number += max(sound, 1)
        together = together * 2 if sound == len(group) else 1
    if number < len(parts):
        hint = "mend what is told above first, or put an older copy of the file back"
        message = f"too much is wrong with this file: {len(parts) - number:,} records not looked at"
        del source.problems[MAX_PROBLEMS - 1 :]
        source.tell(parts[number].start, message, hint)
    return found


def _neighbours(parts: list[Piece], first: int, most: int) -> list[Piece]:
    """At most *most* of *parts* from the *first* on that follow each other without a gap."""
    last = first + 1
    while last < min(first + most, len(parts)) and parts[last].start == parts[last - 1].end:
        last += 1
    return parts[first:last]


def _read_group(source: Source, group: list[Piece], found: Found) -> int:
    """Add the records of *group* to *found*; how many of its pieces are done with.

    If one among several has a fault, it is those before it; 0 is one that is told as faulty.
    """
    told = len(source.problems)
    reader = RecordReader(source, Piece(group[0].start, group[-1].end), is_list=True)
    fault = reader.read()
    if fault is None:
        found.records += reader.found.records
        found.spans += reader.found.spans
        return len(group)
    if len(group) == 1:
        if not reader.has_told(fault):
            source.tell(fault.index, fault.message, fault.hint)
        return 0
    faulty = sum(1 for piece in group[1:] if piece.start <= fault.index)
    # What was read behind the fault, and told of it, was perhaps misunderstood: it is read again.
    end = group[faulty].start
    line = source.place(end)[0]
    source.problems[told:] = [each for each in source.problems[told:] if each.where.line < line]
    sound = sum(1 for span in reader.found.spans if span[0] < end)
    found.records += reader.found.records[:sound]
    found.spans += reader.found.spans[:sound]
    return faulty or _read_group(source, group[:1], found)

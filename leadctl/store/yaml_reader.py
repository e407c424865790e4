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
from leadctl.store.yaml_records import Found, RecordReader
from leadctl.store.yaml_source import Source, collector_paused
from leadctl.store.yaml_tree import build_tree

#: So many problems of a file that cannot be parsed as a whole are told.
_MOST_PROBLEMS = 50


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
    source = Source(text, path)
    found = find_records(source)
    return found.records, source.problems


def read_record(text: str, path: str) -> tuple[Record | None, list[Problem]]:
    """The record that *text*, a mapping, consists of; None if it is empty or wrong."""
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
        source.refuse(fault.index, fault.message, fault.hint)
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
        source.refuse(part.start, f"unresolved merge conflict, lines {first}–{last}", hint)
    return parts


def _rescue(source: Source, reader: RecordReader, fault: Fault) -> Found:
    """What can be had of a text with *fault*: all records that can be read by themselves."""
    if not reader.has_told(fault):
        source.refuse(fault.index, fault.message, fault.hint)
    told = list(source.problems)
    source.problems.clear()
    found = _piecewise(source, [])
    if source.is_refused:
        return found
    # Each piece is sound, or there are none: what is wrong is what the first pass said.
    source.problems[:] = told
    return found if found.records else reader.found


def _piecewise(source: Source, avoid: list[Piece]) -> Found:
    """The records of all pieces that can be read, but for those that meet one of *avoid*."""
    found = Found(end=len(source.text))
    for piece in pieces(source.text, avoid):
        reader = RecordReader(source, piece, is_list=True)
        fault = reader.read()
        if fault is None:
            found.records += reader.found.records
            found.spans += reader.found.spans
        elif not reader.has_told(fault):
            source.refuse(fault.index, fault.message, fault.hint)
    del source.problems[_MOST_PROBLEMS:]
    return found

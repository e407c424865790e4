"""What may stand at one place of a line: choices of the program, and words out of the book.

A place is known by its declaration: the type of the parameter, its name, and the words that stand
for it in the help.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadctl.candidates import DAYS, Vocabulary, assignments, is_safe, listed, query_terms
from leadctl.cli.commands import COMMANDS, TOPICS
from leadctl.cli.slots import Slot, command_named
from leadctl.fields import Field, Schema
from leadctl.ids import is_valid_id

if TYPE_CHECKING:
    from leadctl.index.index import Index
    from leadctl.stages import Stages

#: What the scripts do themselves: the shell knows best how to offer files.
FILES, FOLDERS = ":files", ":folders"
#: Words of which more than this begin alike are not worth reading.
MOST = 5000
_OPERATIONS = 50
_VALUES = 500
#: What stands in the help for a word that the book tells.
_OF_DATA = frozenset(
    ("WHO", "QUERY", "STATUS", "ST", "OLD", "FIELD", "FIELDS", "A", "ID", "OP", "STAGE", "TODO")
) | {"PLAN", "REASON"}
#: Parameters that take one of some words, by name and by what stands for it in the help; and where
#: those are, as loading them costs time.
_FIXED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("names", "[NAME]..."): ("checking", "CHECKS"),
    ("via", "WAY"): ("records", "VIAS"),
    ("how", "WAY"): ("planning.follow_ups", "VIAS"),
    ("outcome", "O"): ("records", "OUTCOMES"),
    ("into", "WHAT"): ("importing.rules", "INTO"),
    ("on_duplicate", "WHAT"): ("importing.rules", "ON_DUPLICATE"),
    ("date_order", "ORDER"): ("importing.rules", "DATE_ORDERS"),
    ("by", "UNIT"): ("units", "UNITS"),
}


def offers(slot: Slot) -> Iterable[str]:
    """All that may stand at *slot*, whatever of it is typed already."""
    if slot.command is None:
        return ()
    if slot.parameter is None:
        return _of_command(slot.command)
    choices = getattr(slot.parameter.type, "choices", None)
    if choices:
        return [str(getattr(each, "value", each)) for each in choices]
    metavar = slot.parameter.metavar or ""
    if type(slot.parameter.type).__name__ in {"TyperPath", "Path"}:
        return (FOLDERS if "DIR" in metavar else FILES,)
    return _of_data(slot, metavar)


def _of_command(command: Any) -> list[str]:
    """The commands of a group, or the options of a command."""
    known = [
        spelling
        for each in command.params
        if each.param_type_name == "option" and not getattr(each, "hidden", False)
        for spelling in (*each.opts, *each.secondary_opts)
        if spelling.startswith("-")
    ]
    return [*getattr(command, "commands", {}), *known, "--help"]


def _of_data(slot: Slot, metavar: str) -> Iterable[str]:
    words = frozenset(re.findall(r"[A-Z]+", metavar))
    fixed = _helped(slot) if "TOPIC" in words else _fixed(slot.parameter.name, metavar)
    if fixed:
        return fixed
    if "TEMPLATE" in words:
        return _templates(slot.folder)
    days = DAYS if words & {"DATE", "UNTIL"} else ()
    if not (words & _OF_DATA or _is_named_for_a_field(slot) or slot.parameter.name == "reason"):
        return days
    return (*_of_book(slot, words, metavar), *days)


def _is_named_for_a_field(slot: Slot) -> bool:
    is_option = slot.parameter.param_type_name == "option"
    return is_option and Schema({}).find(slot.parameter.name) is not None


def _helped(slot: Slot) -> Iterable[str]:
    """What `help` tells of: all, or the commands of the one that stands there."""
    if not slot.words:
        return (*COMMANDS, *TOPICS)
    return tuple(getattr(command_named(slot.words[0]), "commands", ()))


def _of_book(slot: Slot, words: Collection[str], metavar: str) -> Iterator[str]:
    from leadctl.cli.indexing import current_index
    from leadctl.cli.opening import locate

    index, stages = current_index(locate(slot.folder, os.environ), os.environ)
    if slot.parameter.name in {"op", "operation"}:
        yield from filter(is_valid_id, index.operations(limit=_OPERATIONS))
        return
    if "TODO" in words:
        yield from _follow_ups(index)
        return
    if "PLAN" in words:
        yield from _plans(slot.folder)
    if "WHO" in words:
        yield from filter(is_valid_id, index.ids(slot.partial.lower(), limit=MOST))
    if slot.parameter.name == "reason":
        yield from _reasons(stages)
    if "REASON" in words:
        from leadctl.prospecting.criteria import KEPT

        yield from (code for code in stages.criteria.codes if code not in KEPT)
    yield from _in_words_of(_vocabulary(index, stages), slot, words, metavar)


def _in_words_of(
    vocabulary: Vocabulary, slot: Slot, words: Collection[str], metavar: str
) -> Iterator[str]:
    if "QUERY" in words:
        terms = query_terms(vocabulary, slot.partial)
        # Where several terms stand in one text, a blank would part a value.
        is_one_text = slot.parameter.name == "where"
        yield from (each for each in terms if not (is_one_text and " " in each))
    if {"STATUS", "ST", "OLD"} & set(words) or slot.command.name in ("pipeline", "board"):
        yield from vocabulary.statuses
    elif "STAGE" in words:
        yield from vocabulary.values("stage")
    elif _is_named_for_a_field(slot):
        yield from vocabulary.values(slot.parameter.name)
    if "HEADER" in words:
        return
    if "FIELD=VALUE" in metavar:
        yield from assignments(vocabulary, slot.partial)
    elif {"FIELD", "FIELDS", "A"} & set(words) and "VALUE" not in words:
        signs = "-" if slot.parameter.name == "sort" else ""
        yield from listed(slot.partial, vocabulary.fields, signs=signs)


def _vocabulary(index: Index, stages: Stages) -> Vocabulary:
    def seen(field: Field) -> Iterable[str]:
        from leadctl.query.sql import EVERYTHING

        return [text for text, _ in index.values(field.name, EVERYTHING)[:_VALUES]]

    return Vocabulary(stages, Schema(stages.fields).with_seen(index.own_fields()), seen)


def _follow_ups(index: Index) -> Iterator[str]:
    """Ids of the next follow-ups, and of the contacts that have one."""
    found = index.follow_ups()[:_OPERATIONS]
    yield from filter(is_valid_id, (each.id for each in found))
    yield from filter(is_valid_id, (each.contact for each in found))


def _reasons(stages: Stages) -> Iterator[str]:
    for status in stages.statuses:
        yield from filter(is_safe, status.reasons)


def _templates(folder: Path | None) -> Iterable[str]:
    from leadctl.cli.opening import locate
    from leadctl.store.templates import template_names

    return filter(is_safe, template_names(locate(folder, os.environ).root))


def _plans(folder: Path | None) -> Iterable[str]:
    from leadctl.cli.opening import locate
    from leadctl.store.plan_files import read_plan_files

    return [each.name for each in read_plan_files(locate(folder, os.environ)) if is_safe(each.name)]


def _fixed(name: str, metavar: str) -> tuple[str, ...]:
    """The words that *name* may be in every book."""
    place = _FIXED.get((name, metavar))
    if place is None:
        return ()
    module, constant = place
    return tuple(filter(is_safe, getattr(import_module(f"leadctl.{module}"), constant)))

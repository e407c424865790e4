"""Reads stages.yaml: located tree → `Stages`, and every mistake in it with a place and a hint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from leadctl.dates import quoted
from leadctl.located import Node, Scalar
from leadctl.matching import did_you_mean, fold
from leadctl.own_fields import read_fields, read_views
from leadctl.problems import Problem
from leadctl.prospecting.criteria_reading import read_criteria
from leadctl.settings import Reading, is_empty, plain
from leadctl.stages import COLOURS, OUTCOMES, Intake, Stage, Stages, Status
from leadctl.then_reading import Around, read_then

#: The keys of each level; the JSON Schema and the reference page have the same ones.
TOP_KEYS = ("default", "stages", "statuses", "prospects", "intake", "fields", "views")
STAGE_KEYS = ("statuses", "outcome", "colour")
STATUS_KEYS = (
    *("touch_every", "first_touch", "pipeline", "qualified", "note", "reason", "reasons"),
    *("limit", "next", "then", "weight", "aliases", "colour"),
)
DEMANDS = ("optional", "required")


def read_stages(tree: Node) -> tuple[Stages | None, list[Problem]]:
    """What *tree* declares, and all that is wrong with it in the order of the file.

    The stages are None if a problem is more than a warning. Excerpts are left to the caller, who
    has the text; the queries of views are not parsed here.
    """
    reading = Reading("stages")
    top = reading.settings(tree, "stages.yaml", TOP_KEYS)
    stages = _read_top(reading, tree, top) if top is not None else None
    problems = sorted(reading.problems, key=lambda found: (found.where.line, found.where.column))
    return (None if reading.has_errors else stages), problems


@dataclass(frozen=True, slots=True)
class _Draft:
    """A status whose stage, aliases and next ones are not yet looked up."""

    name: Scalar
    status: Status
    aliases: tuple[Scalar, ...] = ()
    next: tuple[Scalar, ...] = ()
    then: Node | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """A stage as written."""

    name: Scalar
    stage: Stage
    statuses: tuple[Scalar, ...] = ()


#: Folded name or alias → where it is written, and the name of the status that it stands for.
_Words = Mapping[str, tuple[Scalar, str]]


def _read_top(reading: Reading, tree: Node, top: Mapping[str, Node]) -> Stages:
    drafts, words = _read_statuses(reading, tree, top.get("statuses"))
    groups = _read_groups(reading, top.get("stages"))
    stages = _filled(reading, groups, words)
    by_status = {name: stage for stage in reversed(stages) for name in stage.statuses}
    fields = read_fields(reading, top.get("fields"))
    by_name = {draft.name.text: draft.status for draft in drafts}
    around = Around({word: by_name[name] for word, (_, name) in words.items()}, fields)
    default = _read_default(reading, tree, top.get("default"), words)
    names = {word: name for word, (_, name) in words.items()}
    declared = Stages(
        statuses=tuple(_finished(reading, draft, words, by_status, around) for draft in drafts),
        stages=tuple(stages),
        default=default,
        fields=fields,
        views=read_views(reading, top.get("views")),
        criteria=read_criteria(reading, top.get("prospects"), names, default),
    )
    _warn_of_circles(reading, drafts, declared)
    return replace(declared, intake=_read_rules(reading, top.get("intake"), declared))


def _read_statuses(reading: Reading, tree: Node, node: Node | None) -> tuple[list[_Draft], _Words]:
    if is_empty(node):
        hint = "list at least one under `statuses:`, such as `New: {touch_every: 2 days}`"
        reading.error(node.where if node else tree.where, "there are no statuses", hint)
        return [], {}
    pairs = reading.pairs(node, "statuses") or ()
    drafts = [_read_status(reading, name, settings) for name, settings in pairs]
    names = reading.names(pairs, "status")
    words = {folded: (name, name.text) for folded, name in names.items()}
    for draft in drafts:
        _add_aliases(reading, draft, words)
    return drafts, words


def _read_status(reading: Reading, name: Scalar, node: Node) -> _Draft:
    given = reading.settings(node, f"status {quoted(name.text)}", STATUS_KEYS)
    if given is None:
        return _Draft(name, Status(name.text))
    _warn_of_gaps(reading, name, given)
    aliases = reading.texts(given.get("aliases"), "aliases")
    status = Status(
        name=name.text,
        touch_every=reading.interval(given.get("touch_every"), "touch_every"),
        first_touch=reading.interval(given.get("first_touch"), "first_touch"),
        on_pipeline=reading.flag(given.get("pipeline"), "pipeline", default=True),
        qualified=reading.flag(given.get("qualified"), "qualified", default=False),
        note_required=reading.word(given.get("note"), "note", DEMANDS) == "required",
        reason_required=reading.word(given.get("reason"), "reason", DEMANDS) == "required",
        reasons=plain(reading.texts(given.get("reasons"), "reasons")),
        aliases=plain(aliases),
        limit=reading.interval(given.get("limit"), "limit"),
        colour=reading.word(given.get("colour"), "colour", COLOURS),
        weight=reading.number(given.get("weight"), "weight", least=1, most=9, default=1),
    )
    _refuse_zero(reading, given.get("touch_every"), status)
    following = reading.texts(given.get("next"), "next")
    return _Draft(name, status, aliases, following, given.get("then"))


def _warn_of_gaps(reading: Reading, name: Scalar, given: Mapping[str, Node]) -> None:
    """Warn of settings that are left open."""
    if "touch_every" not in given:
        hint = "give it `touch_every:` with an interval, or with `never` if that is meant"
        reading.warn(name.where, f"no touch interval is set for {quoted(name.text)}", hint)
    if "reasons" in given and "reason" not in given:
        hint = "add `reason: required`, or `reason: optional` if that is meant"
        reading.warn(given["reasons"].where, "reasons are listed, but nothing asks for one", hint)


def _refuse_zero(reading: Reading, node: Node | None, status: Status) -> None:
    every = status.touch_every
    if node and every and not every.count and not every.is_never:
        # Every touch would make the next one due on the same day.
        hint = "write at least `touch_every: 1 day`, or `touch_every: never`"
        reading.error(node.where, "touch_every cannot be nothing at all", hint)


def _add_aliases(reading: Reading, draft: _Draft, words: dict[str, tuple[Scalar, str]]) -> None:
    for alias in draft.aliases:
        known, name = words.setdefault(fold(alias.text), (alias, draft.name.text))
        if known is not alias:
            message = f"alias {quoted(alias.text)} already stands for {quoted(name)}"
            hint = f"delete it here or on line {known.where.line}"
            reading.error(alias.where, message, hint)


def _read_groups(reading: Reading, node: Node | None) -> list[_Group]:
    pairs = reading.pairs(node, "stages") or ()
    reading.names(pairs, "stage")
    return [_read_group(reading, name, settings) for name, settings in pairs]


def _read_group(reading: Reading, name: Scalar, node: Node) -> _Group:
    given = reading.settings(node, f"stage {quoted(name.text)}", STAGE_KEYS)
    if given is None:
        return _Group(name, Stage(name.text))
    if is_empty(given.get("statuses")):
        hint = "name some after `statuses:`, or delete the stage"
        reading.warn(name.where, f"stage {quoted(name.text)} has no statuses", hint)
    outcome = reading.word(given.get("outcome"), "outcome", OUTCOMES) or "open"
    colour = reading.word(given.get("colour"), "colour", COLOURS)
    statuses = reading.texts(given.get("statuses"), "statuses")
    return _Group(name, Stage(name.text, outcome, colour), statuses)


def _filled(reading: Reading, groups: list[_Group], words: _Words) -> list[Stage]:
    taken: dict[str, tuple[Scalar, _Group]] = {}
    return [
        replace(group.stage, statuses=tuple(_members(reading, group, words, taken)))
        for group in groups
    ]


def _members(
    reading: Reading, group: _Group, words: _Words, taken: dict[str, tuple[Scalar, _Group]]
) -> Iterator[str]:
    """The statuses of *group* that exist and were not *taken* before; takes them."""
    for item in group.statuses:
        name = _known(reading, item, words)
        if not name:
            continue
        first, owner = taken.setdefault(name, (item, group))
        if first is item:
            yield name
            continue
        stage, other = quoted(group.stage.name), quoted(owner.stage.name)
        place = f"twice in stage {stage}" if owner is group else f"in stages {other} and {stage}"
        message = f"{quoted(name)} is {place}, lines {first.where.line} and {item.where.line}"
        reading.error(item.where, message, "a status is in one stage at most: keep one of the two")


def _finished(
    reading: Reading,
    draft: _Draft,
    words: _Words,
    by_status: Mapping[str, Stage],
    around: Around,
) -> Status:
    following = (_known(reading, item, words) for item in draft.next)
    status = replace(
        draft.status,
        next=tuple(dict.fromkeys(name for name in following if name)),
        then=read_then(reading, draft.then, draft.status, around),
    )
    stage = by_status.get(status.name)
    if stage is None:
        return status
    colour = status.colour or stage.colour
    return replace(status, stage=stage.name, outcome=stage.outcome, colour=colour)


def _read_default(reading: Reading, tree: Node, node: Node | None, words: _Words) -> str:
    if node is None:
        first = next((name for _, name in words.values()), "New")
        hint = f"say which status new contacts get, such as `default: {first}`"
        reading.error(tree.where, "`default` is missing", hint)
    given = reading.text(node, "default")
    return _known(reading, given, words) if given else ""


def _known(reading: Reading, word: Scalar, words: _Words) -> str:
    """The name of the status that *word* stands for; noted as a mistake if there is none."""
    _, name = words.get(fold(word.text), (word, ""))
    # Without any status to point at, that is the one mistake to report.
    if words and not name:
        names = tuple(dict.fromkeys(name for _, name in words.values()))
        hint = did_you_mean(word.text, names, f"statuses here: {', '.join(names)}")
        reading.error(word.where, f"no status named {quoted(word.text)}", hint)
    return name


def _read_rules(reading: Reading, node: Node | None, stages: Stages) -> Intake:
    if is_empty(node):
        return Intake()
    # Few books have such rules, and every command reads this file.
    from leadctl.intake_reading import read_intake

    return read_intake(reading, node, stages)


def _warn_of_circles(reading: Reading, drafts: list[_Draft], stages: Stages) -> None:
    if sum(status.then is not None for status in stages.statuses) < 2:
        return
    from leadctl.advancing import circles

    places = {draft.name.text: draft.name.where for draft in drafts}
    for circle in circles(stages):
        names = [status.name for status in circle]
        way = " → ".join(quoted(name) for name in (*names, names[0]))
        hint = "let one of them end, or count its time from a field: `since: FIELD`"
        message = f"`then` would move a contact round and round: {way}"
        reading.warn(places[names[0]], message, hint)

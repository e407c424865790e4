"""What stages.yaml is to say after a status was added, renamed, removed or moved.

Flows in: `Stages` and what the user asks for. Flows out: the `Stages` that the new text has to
declare; how the text gets there is the business of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from shlex import quote

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.intake import require_rules_fit, rules_with
from leadctl.matching import fold
from leadctl.plans import require_text
from leadctl.prospecting.criteria import Criteria
from leadctl.query.mentions import replace_status
from leadctl.stage_order import (
    Place,
    by_name,
    inserted,
    order_of,
    ordered,
    regrouped,
    without,
)
from leadctl.stages import Stage, Stages, Status, Then

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StagesEdit:
    """What is to become of the stages, and what that is called."""

    stages: Stages
    #: What was done, for the journal and for the user; empty if nothing was.
    what: str
    #: Old name → new name, where one changes.
    renamed: Mapping[str, str] = field(default_factory=dict)


def add_status(stages: Stages, status: Status, *, place: Place) -> StagesEdit:
    """*status*, of the stage that it names if any, at *place*; else behind the others of the stage.

    Raises:
        RequestError: the name is taken or cannot be one, or the stage or place is unknown.
    """
    status = replace(status, name=_new_name(stages, status.name))
    stage = stages.get_stage(status.stage) if status.stage else None
    order = order_of(stages)
    if not place.is_given:
        last = max(stage.statuses, key=order.index) if stage and stage.statuses else ""
        place = Place(after=last, is_last=not last)
    what = f"added {quoted(status.name)}"
    if stage:
        status = replace(status, stage=stage.name, outcome=stage.outcome, colour=stage.colour)
        what += f" to {quoted(stage.name)}"
    order = inserted(stages, order, status.name, place)
    statuses = ordered((*stages.statuses, status), order)
    groups = regrouped(stages.stages, status.name, status.stage, order)
    return StagesEdit(replace(stages, statuses=statuses, stages=groups), what)


def rename_status(stages: Stages, old: str, new: str) -> StagesEdit:
    """The status *old* called *new*, its old name an alias; every mention of it follows.

    Raises:
        RequestError: there is no *old*, or *new* is taken or cannot be a name.
    """
    status = stages.get(old)
    if status.name == new:
        return StagesEdit(stages, "")
    name = _new_name(stages, new, but=status)
    was = status.name
    kept = [*status.aliases, was] if fold(was) != fold(name) else list(status.aliases)
    aliases = tuple(alias for alias in kept if fold(alias) != fold(name))
    named = {was: name}
    statuses = tuple(
        replace(
            each,
            name=named.get(each.name, each.name),
            next=_respelt(each.next, named),
            then=_then(each.then, named),
            aliases=aliases if each is status else each.aliases,
        )
        for each in stages.statuses
    )
    after = replace(
        stages,
        statuses=statuses,
        stages=tuple(replace(x, statuses=_respelt(x.statuses, named)) for x in stages.stages),
        default=named.get(stages.default, stages.default),
        views=_views(stages, lambda word: fold(word) == fold(was), name),
        criteria=_criteria(stages, lambda word: fold(word) == fold(was), named),
        intake=rules_with(stages.intake, was, name),
    )
    return StagesEdit(after, f"renamed {quoted(was)} to {quoted(name)}", named)


def take_in_name(stages: Stages, old: str, new: str) -> StagesEdit:
    """*old*, which the file no longer has, as an old name of the status *new*.

    Raises:
        RequestError: there is no *new*, or *old* cannot be a name.
    """
    status = stages.get(new)
    name = _checked(old)
    statuses = tuple(
        replace(each, aliases=(*each.aliases, name)) if each is status else each
        for each in stages.statuses
    )
    what = f"renamed {quoted(name)} to {quoted(status.name)}"
    return StagesEdit(replace(stages, statuses=statuses), what)


def remove_status(stages: Stages, name: str, *, into: str) -> StagesEdit:
    """The stages without the status *name*, whose names become aliases of *into* if that is given.

    Raises:
        RequestError: one of the two is unknown, or both are the same; or, without *into*, the
            file still needs the status.
    """
    status = stages.get(name)
    heir = stages.get(into) if into else None
    if heir is status:
        raise RequestError(f"{quoted(status.name)} cannot go into itself")
    if not heir:
        _require_unneeded(stages, status)
    _require_no_move_into(stages, status, heir)
    require_rules_fit(stages, status, heir)
    named = {status.name: heir.name if heir else ""}
    statuses = tuple(
        replace(
            each,
            next=without(_respelt(each.next, named), each.name if each is heir else ""),
            then=_then(each.then, named),
            aliases=(*each.aliases, status.name, *status.aliases) if each is heir else each.aliases,
        )
        for each in stages.statuses
        if each is not status
    )
    after = replace(
        stages,
        statuses=statuses,
        stages=tuple(
            replace(each, statuses=without(each.statuses, status.name)) for each in stages.stages
        ),
        default=named.get(stages.default, stages.default),
        views=_views(stages, lambda word: stages.find(word) is status, named[status.name]),
        criteria=_criteria(stages, lambda word: stages.find(word) is status, named),
        intake=rules_with(stages.intake, status.name, named[status.name]),
    )
    where = f" into {quoted(heir.name)}" if heir else ""
    return StagesEdit(after, f"removed {quoted(status.name)}{where}")


def move_status(stages: Stages, name: str, place: Place, *, stage: str | None) -> StagesEdit:
    """The status *name* at *place* if one is given, and in *stage*: empty is none, None as it is.

    Raises:
        RequestError: an unknown status or stage, or neither place nor stage.
    """
    status = stages.get(name)
    if not place.is_given and stage is None:
        hint = "say --after STATUS, --before STATUS, --first, --last or --stage STAGE"
        raise RequestError("it is not said where to", hint=hint)
    order, said = order_of(stages), []
    if place.is_given:
        order = inserted(stages, [x for x in order if x != status.name], status.name, place)
        said = [str(by_name(stages, place))] if order != order_of(stages) else []
    group = stages.get_stage(stage) if stage else None
    wanted = status.stage if stage is None else group.name if group else ""
    after = replace(stages, statuses=ordered(stages.statuses, order))
    if wanted != status.stage:
        said.append(f"to stage {quoted(wanted)}" if wanted else "out of its stage")
        after = _restaged(after, status, group, order)
    what = f"moved {quoted(status.name)} {', '.join(said)}" if said else ""
    return StagesEdit(after if said else stages, what)


def _new_name(stages: Stages, name: str, *, but: Status | None = None) -> str:
    """*name*, if no status other than *but* has it."""
    name = _checked(name)
    known = stages.find(name)
    if known is None or known is but:
        return name
    if fold(known.name) == fold(name):
        hint = "`leadctl stages` lists them all"
        if but:
            names = f"{quote(but.name)} --into {quote(known.name)}"
            hint = f"to make them one: leadctl stages remove {names}"
        raise RequestError(f"there is a status {quoted(known.name)} already", hint=hint)
    hint = f"delete it from the aliases of {quoted(known.name)} first"
    raise RequestError(f"{quoted(name)} is an old name of {quoted(known.name)}", hint=hint)


def _checked(name: str) -> str:
    name = require_text(name, "the name").strip()
    if not fold(name):
        raise RequestError("the name of a status cannot be empty")
    if "\n" in name or "\t" in name:
        raise RequestError("the name of a status is one line without tabs")
    if len(name) > _LONGEST_NAME:
        raise RequestError(f"the name of a status has at most {_LONGEST_NAME} characters")
    return name


def _require_unneeded(stages: Stages, status: Status) -> None:
    hint = f"say which one takes its place: {remove_command(status)}"
    if stages.default == status.name:
        message = f"new contacts get the status {quoted(status.name)}"
        raise RequestError(message, hint=hint)
    queries = {f"view @{name}": query for name, query in stages.views.items()}
    queries |= {f"rule {rule.name}": rule.where for rule in stages.criteria.rules}
    for name, query in queries.items():
        try:
            replace_status(query, lambda word: stages.find(word) is status, "")
        except RequestError as error:
            raise RequestError(f"{name} asks for it: {error.message}", hint=hint) from error


def _require_no_move_into(stages: Stages, status: Status, heir: Status | None) -> None:
    """Refuse what would leave a `then:` without a status to go on to, or without its reason."""
    for each in stages.statuses:
        if each is status or each.then is None or each.then.to != status.name:
            continue
        if heir is None or heir is each or heir.reason_required:
            hint = f"change or delete `then:` of {quoted(each.name)} in stages.yaml first"
            message = f"{quoted(each.name)} goes on to {quoted(status.name)}"
            raise RequestError(message, hint=hint)


def remove_command(status: Status) -> str:
    """What to type so that *status* goes and another one takes its place."""
    into = quote(status.next[0]) if status.next else "STATUS"
    return f"leadctl stages remove {quote(status.name)} --into {into}"


def _views(stages: Stages, is_meant: Callable[[str], bool], new: str) -> dict[str, str]:
    return {name: replace_status(text, is_meant, new) for name, text in stages.views.items()}


def _then(then: Then | None, named: Mapping[str, str]) -> Then | None:
    return replace(then, to=named.get(then.to, then.to)) if then else None


def _criteria(
    stages: Stages, is_meant: Callable[[str], bool], named: Mapping[str, str]
) -> Criteria:
    (new,) = named.values()
    criteria = stages.criteria
    return replace(
        criteria,
        quiet=replace(criteria.quiet, statuses=_respelt(criteria.quiet.statuses, named)),
        rules=tuple(
            replace(rule, where=replace_status(rule.where, is_meant, new))
            for rule in criteria.rules
        ),
    )


def _respelt(names: Iterable[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """*names* as *named* calls them now, each once; empty ones go."""
    present = (named.get(name, name) for name in names)
    return tuple(dict.fromkeys(name for name in present if name))


def _restaged(stages: Stages, status: Status, group: Stage | None, order: list[str]) -> Stages:
    before = stages.find_stage(status.stage) if status.stage else None
    # A colour that was not that of its stage is its own and stays.
    is_own = bool(status.colour) and not (before and before.colour == status.colour)
    moved = replace(
        status,
        stage=group.name if group else "",
        outcome=group.outcome if group else "",
        colour=status.colour if is_own else group.colour if group else "",
    )
    return replace(
        stages,
        statuses=tuple(moved if each is status else each for each in stages.statuses),
        stages=regrouped(stages.stages, status.name, moved.stage, order),
    )

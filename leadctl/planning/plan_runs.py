"""Action plans as they run for contacts: they begin, come further, and end; each as a plan."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leadctl.errors import RefusedError, RequestError
from leadctl.planning.action_plans import ActionPlan, Run, follow_up_fields, read_run
from leadctl.planning.todo import Ids, dropped_event, planned_event
from leadctl.plans import Plan, Step, plan
from leadctl.records import Contact, Entry, Event, FollowUp
from leadctl.stages import Stages
from leadctl.stamps import Stamp

#: Ways by which something is sent: that it is on its way has reached nobody yet.
_SENT = frozenset({"email", "text", "letter", "other"})
#: So many of those who are left out are named.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan has come for one contact."""

    contact: str
    run: Run
    #: What is left, earliest first.
    left: tuple[FollowUp, ...]
    total: int

    @property
    def done(self) -> int:
        """Steps that are behind: done, or taken off the list."""
        return max(self.total - len(self.left), 0)


#: For a contact, the places from 0 of the steps that it is not to have.
Skipped = Callable[[Contact], Container[int]]


def begin(
    action: ActionPlan,
    entries: Iterable[Entry],
    *,
    start: date,
    skipped: Skipped,
    is_query: bool,
    stamp: Stamp,
    ids: Ids,
) -> Plan:
    """A follow-up for each step of *action*, for each of *entries*, from *start* on.

    Who was chosen by a query and cannot have the plan is left out, and named in the notes.

    Raises:
        RefusedError: somebody is named who has the plan already, or is not to be contacted.
    """
    steps: list[Step] = []
    left_out: dict[str, list[str]] = {}
    for entry in entries:
        contact = entry.contact
        why = _obstacle(action, entry, is_query=is_query)
        if not why:
            step = begin_step(action, contact, start=start, skipped=skipped, stamp=stamp, ids=ids)
            steps.append(step)
            why = "" if step.events else "every step is left out by its `unless`"
        if why:
            left_out.setdefault(why, []).append(contact.id)
    notes = tuple(f"left out, {why}: {_listed(who)}" for why, who in left_out.items())
    return replace(plan(stamp, [step for step in steps if step.events]), notes=notes)


def begin_step(
    action: ActionPlan,
    contact: Contact,
    *,
    start: date,
    skipped: Skipped,
    stamp: Stamp,
    ids: Ids,
) -> Step:
    """What the beginning of *action* does to *contact*."""
    fields = follow_up_fields(
        action,
        contact=contact.id,
        start=start,
        owner=str(contact.get("owner")),
        skipped=skipped(contact),
    )
    events = tuple(planned_event(contact.id, each, stamp, ids) for each in fields)
    return Step(contact.id, events)


def stop(entries: Iterable[Entry], name: str, *, stamp: Stamp, note: str = "") -> Plan:
    """Take the steps that are left of the plan *name*, or of all, off *entries*.

    Raises:
        RequestError: one of them has no such plan.
    """
    steps = []
    for entry in entries:
        mine = [each for run in progress(entry.follow_ups, name) for each in run.left]
        if not mine:
            what = f"plan {name}" if name else "plan"
            hint = "`leadctl plan status` shows what runs for whom"
            raise RequestError(f"no {what} runs for {entry.contact.id}", hint=hint)
        events = tuple(dropped_event(each, stamp, note) for each in mine)
        steps.append(Step(entry.contact.id, events))
    return plan(stamp, steps)


def progress(follow_ups: Iterable[FollowUp], name: str = "") -> tuple[Progress, ...]:
    """How far each plan among *follow_ups* has come, or those called *name*; the next one first."""
    grouped: dict[tuple[str, str], list[FollowUp]] = {}
    for each in sorted((each for each in follow_ups if each.plan), key=lambda each: each.key):
        if not name or read_run(each.plan).name == name:
            grouped.setdefault((each.contact, each.plan), []).append(each)
    return tuple(
        Progress(contact, read_run(run), tuple(left), max(map(_total, left)))
        for (contact, run), left in grouped.items()
    )


def may_end(plan: Plan) -> tuple[str, ...]:
    """Ids of the contacts that *plan* touches or moves, so that action plans may end for them."""
    concerned = (
        event.contact for event in plan.change.events if _reached(event) or _entered(event)
    )
    return tuple(dict.fromkeys(concerned))


def end_runs(
    plan: Plan,
    agendas: Mapping[str, Sequence[FollowUp]],
    actions: Iterable[ActionPlan],
    *,
    stages: Stages,
    stamp: Stamp,
) -> Plan:
    """*plan*, which also drops what is left of the action plans that end by what it does.

    *agendas* are the open follow-ups of the contacts concerned, by id. What *plan* finishes itself
    is left to it. A plan whose file is gone runs to its last step.
    """
    known = {action.name: action for action in actions}
    gone = {id_ for id_, each in plan.change.follow_ups.items() if "id" in each}
    events: list[Event] = []
    ended: dict[str, list[str]] = {}
    for contact, planned in agendas.items():
        mine = [event for event in plan.change.events if event.contact == contact]
        for run in progress(planned):
            action = known.get(run.run.name)
            cause = _cause(action, run, mine, stages) if action else ""
            left = [each for each in run.left if each.id not in gone]
            if not cause or not left:
                continue
            made_by = replace(stamp, origin=f"plan {run.run.name}")
            events += (dropped_event(each, made_by, f"{each.what} ({cause})") for each in left)
            ended.setdefault(f"plan {run.run.name} ends: {cause}", []).append(contact)
    if not events:
        return plan
    notes = tuple(f"{what} ({_listed(who)})" for what, who in ended.items())
    change = replace(plan.change, events=(*plan.change.events, *events))
    return replace(plan, change=change, notes=(*plan.notes, *notes))


def _obstacle(action: ActionPlan, entry: Entry, *, is_query: bool) -> str:
    """Why *entry*, who was chosen by a query, cannot have *action* now; empty if nothing is.

    Raises:
        RefusedError: something is, and *entry* was named.
    """
    contact, running = entry.contact.id, progress(entry.follow_ups, action.name)
    if is_query:
        why = "the plan runs for them already" if running else ""
        return "not to be contacted" if entry.contact.do_not_contact else why
    if entry.contact.do_not_contact:
        raise RefusedError(f"{contact} is not to be contacted", hint="leave them out")
    if running:
        message = f"plan {running[0].run} runs for {contact} already"
        hint = f"leave them out, or begin anew: leadctl plan stop {contact} {action.name}"
        raise RefusedError(message, hint=hint)
    return ""


def _cause(action: ActionPlan, run: Progress, events: Sequence[Event], stages: Stages) -> str:
    """What among *events* ends *action*, in words; empty if nothing does."""
    own = {each.id for each in run.left}
    for event in events:
        if run.run.start is not None and event.day < run.run.start:
            continue
        is_sent = event.via in _SENT and bool(own & set(event.follow_ups))
        if action.ends.reached and _reached(event) and not is_sent:
            return "reached"
        status = stages.find(_entered(event))
        if status and status.name in action.ends.statuses:
            return f"in status {status.name}"
    return ""


def _reached(event: Event) -> bool:
    return event.kind == "touched" and event.outcome == "reached"


def _entered(event: Event) -> str:
    """The status that a contact enters by *event*, as written; empty for all other events."""
    return str(event.changes["status"][1]) if event.kind == "status" else ""


def _total(follow_up: FollowUp) -> int:
    """Of how many steps *follow_up* is one; somebody may have edited that."""
    _, _, total = follow_up.step.partition("/")
    return int(total) if total.isascii() and total.isdigit() else 1


def _listed(contacts: Sequence[str]) -> str:
    more = len(contacts) - _NAMED
    shown = ", ".join(contacts[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown

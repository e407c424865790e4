"""What the commands for action plans do, and how plans begin and end beside other commands."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from leadctl.cli.changing import Chosen, carry_out, chosen
from leadctl.cli.plan_book import read_book_plans, sound_plan
from leadctl.cli.planning import is_taken
from leadctl.cli.session import Session
from leadctl.errors import DataError
from leadctl.index.index import Index
from leadctl.planning.action_plans import ActionPlan
from leadctl.planning.action_plans_reading import unsound_queries
from leadctl.planning.plan_runs import (
    Progress,
    Skipped,
    begin,
    begin_step,
    end_runs,
    may_end,
    progress,
)
from leadctl.planning.plan_runs import stop as stopped
from leadctl.planning.todo import Ids
from leadctl.plans import Plan
from leadctl.query.sql import EVERYTHING, all_of, of_contact
from leadctl.records import Contact, FollowUp
from leadctl.stamps import Stamp

if TYPE_CHECKING:
    from leadctl.intake import Applied


#: Of so many contacts each is asked about alone; and so many are named.
_FEW = 20


def list_all(session: Session) -> None:
    """Show the plans of the book.

    Raises:
        DataError: one has mistakes, and nothing else is there to show.
    """
    from leadctl.cli import terminal
    from leadctl.planning.plan_tables import plan_table

    read = read_book_plans(session.book, session.stages)
    hint = "no plans yet; write one into plans/hello.yaml"
    session.show(plan_table(read.plans, _running(session)), if_empty=hint)
    unsound = {each.where.path for each in read.problems if not each.is_warning}
    for path in sorted(unsound):
        terminal.talk(f"leadctl: warning: {path} cannot be used; `leadctl check plans` tells why")


def show(session: Session, name: str) -> None:
    """Show the plan *name*.

    Raises:
        RequestError: there is none.
        DataError: it has mistakes.
    """
    from leadctl.planning.plan_tables import plan_card

    plan = sound_plan(session.book, session.stages, name)
    session.show(plan_card(plan, _running(session)[name]))


def apply(session: Session, name: str, targets: Chosen, start: str) -> None:
    """Begin the plan *name* for *targets* on the day *start*.

    Raises:
        NoError: there is no such contact.
        RequestError: there is no such plan.
        RefusedError: somebody who is named cannot have it.
    """
    action = sound_plan(session.book, session.stages, name)
    day = session.day(start, "--start", prefer="future") or session.today

    def work_out(stamp: Stamp) -> Plan:
        entries = targets.entries(session)
        return begin(
            action,
            entries,
            start=day,
            skipped=_skipped(session, session.index, action, is_many=len(entries) > _FEW),
            is_query=targets.is_query,
            stamp=stamp,
            ids=Ids(is_taken(session)),
        )

    carry_out(session, work_out, is_query=targets.is_query)


def stop(session: Session, words: Sequence[str], *, note: str, is_exact: bool) -> None:
    """Stop the plan that the last of *words* names, else all, for whom the others name.

    Raises:
        NoError: there is no such contact.
        RequestError: no such plan runs for somebody.
    """
    names = {*read_book_plans(session.book, session.stages).names, *_running(session)}
    *others, last = words
    name = last if others and last in names else ""
    targets = chosen(others if name else words, exact=is_exact)
    carry_out(
        session, lambda stamp: stopped(targets.entries(session), name, stamp=stamp, note=note)
    )


def show_progress(session: Session, words: Sequence[str]) -> None:
    """Show how far the plans of everybody have come, or of those whom *words* name.

    Raises:
        NoError: there is no such contact.
    """
    from leadctl.planning.plan_tables import progress_table

    wanted = {entry.contact.id for entry in session.who(words)}
    agenda = session.index.agenda(EVERYTHING)
    names = {each.contact: name for each, name in agenda}
    mine = (each for each, _ in agenda if not words or each.contact in wanted)
    running = ((each, names[each.contact]) for each in progress(mine))
    table = progress_table(running, session.today)
    session.show(table, if_empty="no plan runs; begin one: leadctl plan apply PLAN WHO")


def with_ends(session: Session, plan: Plan, stamp: Stamp) -> Plan:
    """*plan*, which also ends the action plans that end by what it does."""
    agendas = session.index.planned(may_end(plan))
    if not any(each.plan for planned in agendas.values() for each in planned):
        return plan
    read = read_book_plans(session.book, session.stages)
    ended = end_runs(plan, agendas, read.plans, stages=session.stages, stamp=stamp)
    running = {each.run.name for planned in agendas.values() for each in progress(planned)}
    there = running if "" in read.names else running & set(read.names)
    unsound = sorted(there - {each.name for each in read.plans})
    told = (f"plan {name} cannot be read and goes on: leadctl check plans" for name in unsound)
    return replace(ended, notes=(*ended.notes, *told))


def with_rule_plans(session: Session, plan: Plan, applied: Iterable[Applied], stamp: Stamp) -> Plan:
    """*plan*, which also begins the action plans that rules have given to its new contacts.

    They begin today, also for who came to you earlier. Who is not to be contacted gets none.

    Raises:
        RequestError: there is no such plan.
        DataError: it has mistakes.
    """
    wanted = {(each.contact, each.rule.plan): each.rule for each in applied if each.rule.plan}
    if not wanted:
        return plan
    actions = {name: sound_plan(session.book, session.stages, name) for _, name in wanted}
    with contextlib.closing(_index_of_new(session, plan)) as index:
        people = {entry.contact.id: entry.contact for entry in index.entries(EVERYTHING)}
        skipped = {
            name: _skipped(session, index, action, is_many=len(wanted) > _FEW)
            for name, action in actions.items()
        }
        ids = Ids(is_taken(session))
        steps = {
            (id_, name): begin_step(
                actions[name],
                people[id_],
                start=session.today,
                skipped=skipped[name],
                stamp=replace(stamp, origin=f"rule {rule.name}"),
                ids=ids,
            )
            for (id_, name), rule in wanted.items()
            if not people[id_].do_not_contact
        }
    events = tuple(event for step in steps.values() for event in step.events)
    idle = tuple(
        f"plan {name} does not begin for {id_}: "
        f"{'not to be contacted' if people[id_].do_not_contact else 'it has no step for them'}"
        for id_, name in wanted
        if (id_, name) not in steps or not steps[id_, name].events
    )
    change = replace(plan.change, events=(*plan.change.events, *events))
    return replace(plan, change=change, notes=(*plan.notes, *idle[:_FEW]))


def _running(session: Session) -> Counter[str]:
    """For how many contacts each plan runs, by its name."""
    follow_ups: list[FollowUp] = session.index.follow_ups()
    running: Iterable[Progress] = progress(follow_ups)
    return Counter(each.run.name for each in running)


def _skipped(session: Session, index: Index, action: ActionPlan, *, is_many: bool) -> Skipped:
    """What tells which steps of *action* a contact of *index* is not to have.

    Raises:
        DataError: an `unless` is no query in this book.
    """
    schema, stages = session.schema, session.stages
    unsound = unsound_queries([action], schema=schema, stages=stages, today=session.today)
    if unsound:
        shown = session.book.with_excerpts(unsound)
        raise DataError(f"plan {action.name} cannot be used", problems=shown)
    queries = {
        place: session.where(step.unless)
        for place, step in enumerate(action.steps)
        if step.unless.strip()
    }
    if not is_many:

        def of_one(contact: Contact) -> Container[int]:
            me = of_contact("c.id = ?", contact.id)
            return {place for place, query in queries.items() if index.count(all_of((me, query)))}

        return of_one
    # For many, one question a step instead of one for each of them.
    held = {place: {e.contact.id for e in index.entries(q)} for place, q in queries.items()}
    return lambda contact: {place for place, ids in held.items() if contact.id in ids}


def _index_of_new(session: Session, plan: Plan) -> Index:
    """An index in memory of the contacts that *plan* adds: no other one knows them yet."""
    from leadctl.contacts import read_contacts
    from leadctl.index import cache
    from leadctl.index.material import Filling
    from leadctl.lifecycle import entries, pasts
    from leadctl.problems import Where
    from leadctl.records import Record

    records = [Record(fields, Where("")) for fields in plan.change.additions]
    contacts = read_contacts(records).contacts
    past = pasts(plan.change.events, session.stages)
    standing = entries(contacts, past, session.stages)
    meta = {"own_fields": session.index.meta("own_fields"), "last_known": ""}
    return cache.build(None, Filling(standing, (), (), session.schema, meta))

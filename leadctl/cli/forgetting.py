"""What `forget` does: person → plan → question → the files, the index, and a report."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadctl import forgetting_reports as reports
from leadctl.cli import terminal
from leadctl.cli.indexing import current_index
from leadctl.cli.persons import known_person, mentions_once
from leadctl.cli.saving import held, persistently, tell_pending
from leadctl.cli.session import Session
from leadctl.errors import FileError, NoError, RefusedError, RequestError
from leadctl.forgetting import (
    Person,
    Signs,
    alias_of,
    is_traced,
    own_texts,
    stubs,
)
from leadctl.forgetting_reports import Farewell
from leadctl.index import cache
from leadctl.plans import require_text
from leadctl.store import forgetting as store
from leadctl.store.transaction import Replacement
from leadctl.suppression import addresses

_SALT = 16


@dataclass(frozen=True, slots=True)
class _Plan:
    oblivion: store.Oblivion
    steps: tuple[Replacement, ...]
    farewell: Farewell


def forget(session: Session, who: str, reason: str, *, is_exact: bool) -> None:
    """Take the person that *who* names out of the book, after asking.

    Raises:
        NoError: there is nobody, or the answer was no.
        RefusedError: nobody can be asked, and `--yes` was not said.
        RequestError: *who* may be several, or the *reason* tells who it was.
    """
    plan = _work_out(session, who, reason, is_exact=is_exact)
    # Whoever reads or answers may take all day.
    session.index.release()
    if session.options.dry_run:
        _report_dry_run(session, plan.farewell)
        return
    _confirm(session, plan.farewell)
    with held(session.book, command=session.options.command):
        plan, pending = persistently(lambda _: _carry_out(session, plan.farewell.id, reason))
    # Somebody who only looked may have made it anew.
    _drop_index(session)
    tell_pending(pending)
    with terminal.after_saving():
        _report(session, plan.farewell)


def _carry_out(session: Session, id_: str, reason: str) -> tuple[_Plan, str]:
    """What was done, and why it could not be finished yet; empty if it could."""
    session.index.close()
    session.index, session.stages = current_index(session.book, session.environment)
    # Whatever was written about the person meanwhile goes as well.
    plan = _work_out(session, id_, reason, is_exact=True)
    _drop_index(session)
    return plan, store.carry_out(session.book, plan.oblivion, plan.steps)


def _work_out(session: Session, who: str, reason: str, *, is_exact: bool) -> _Plan:
    known = known_person(session, who, is_exact=is_exact)
    person, signs = known.person, Signs(known.person)
    _require_nameless(reason, signs)
    texts = own_texts(person, known.other_texts)
    stamp, alias = session.stamp(), alias_of(next(_chances()))
    theirs = {
        address: text for each in known.others for address, text in addresses(each.values).items()
    }
    oblivion = store.Oblivion(
        person=person,
        stubs=stubs(person, signs, alias=alias, chances=_chances()),
        event=stamp.event("forgotten", alias, reason=require_text(reason, "the reason")),
        addresses=tuple(each for each in person.addresses if each not in theirs),
        salt=os.urandom(_SALT),
        is_traced=lambda text: is_traced(text, signs, texts),
    )
    steps = store.replacements(session.book, oblivion)
    farewell = Farewell(
        id=person.id,
        name=person.contact.name if person.contact else person.id,
        op=stamp.op,
        alias=alias,
        file=person.contact.source.path if person.contact else "",
        events=len(person.events),
        addresses=len(oblivion.addresses),
        shared=tuple(theirs[each] for each in person.addresses if each in theirs),
        purged=tuple(
            each.path for each in steps if each.path.startswith(".leadctl/") and each.new is None
        ),
        mentions=mentions_once(session.book, person, signs, steps),
        git=_git_line(session, person, texts),
    )
    return _Plan(oblivion, steps, farewell)


def _git_line(session: Session, person: Person, texts: Sequence[str]) -> str:
    root = session.book.root
    folder = store.git_folder(root)
    if folder is None:
        return ""
    inside = root.relative_to(folder)
    paths = [inside / "contacts" / f"{person.id}.yaml"] if session.book.format == "dir" else []
    return reports.history_command(person.id, texts, [path.as_posix() for path in paths])


def _require_nameless(reason: str, signs: Signs) -> None:
    if reason and signs.are_in(reason):
        message = "the reason tells who it was, and would stay in the journal"
        raise RequestError(message, hint='leave names out: --reason "asked by letter"')


def _confirm(session: Session, farewell: Farewell) -> None:
    if session.options.yes:
        return
    for line in reports.plan_lines(farewell):
        terminal.talk(line)
    if not terminal.can_ask():
        hint = "nothing was changed; say --yes if it is meant"
        raise RefusedError("this cannot be undone, and nobody can be asked", hint=hint)
    if not terminal.ask(f"Forget {farewell.name} ({farewell.id})?"):
        raise NoError("nothing was changed")


def _drop_index(session: Session) -> None:
    try:
        cache.remove(cache.cache_path(session.book.root, session.environment))
    except FileError as error:
        # The book has forgotten them: whoever is told of a failure looks in the wrong place.
        terminal.talk(f"leadctl: warning: saved, but the index stays: {error.message}")
        terminal.talk("hint: remove that file; it may still hold the person")


def _report(session: Session, farewell: Farewell) -> None:
    if session.options.json:
        terminal.say_json(reports.as_data(farewell, is_dry_run=False))
        return
    for line in reports.report_lines(farewell, show_all=session.options.verbose):
        session.say(line)


def _report_dry_run(session: Session, farewell: Farewell) -> None:
    if session.options.json:
        terminal.say_json(reports.as_data(farewell, is_dry_run=True))
        return
    show_all = session.options.verbose
    lines = [*reports.plan_lines(farewell), *reports.left_lines(farewell, show_all=show_all)]
    for line in lines:
        terminal.say(line)
    terminal.talk("dry run: nothing was changed")


def _chances() -> Iterator[int]:
    while True:
        yield int.from_bytes(os.urandom(5)) % 2**34

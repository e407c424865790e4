"""What the commands for follow-ups do: words → follow-ups → a plan that is carried out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

from leadctl.cli.changing import carry_out, chosen, read_ids
from leadctl.cli.session import CANDIDATES, Session
from leadctl.errors import LeadctlError, NoError, RequestError
from leadctl.matching import did_you_mean
from leadctl.planning import todo
from leadctl.planning.todo_tables import follow_up_table
from leadctl.plans import Plan, Step
from leadctl.query.sql import EVERYTHING
from leadctl.records import OUTCOMES, VIAS, Contact, FollowUp
from leadctl.stamps import Stamp
from leadctl.touching import Touch, known_word

_NOTHING_PLANNED = 'no follow-up; plan one: leadctl todo add WHO "what" --due fri'


def plan_for(
    session: Session, who: str, said: tuple[str, str, str, str, str, str], *, is_exact: bool
) -> None:
    """Plan a follow-up for *who*: what, due, time, way, owner and repeat are *said*.

    Raises:
        RequestError: a part of it is none, or the day has passed.
        NoError: there is nobody like *who*.
    """
    what, due, time, via, owner, repeat = said
    targets = chosen([who], exact=is_exact)
    day = session.day(due, "--due", prefer="future")
    if day is None:
        raise RequestError("--due is empty", hint="say for example --due fri or --due +3d")
    wanted = todo.Wanted(what, day, time, via, owner, repeat)
    carry_out(
        session,
        lambda stamp: todo.add(
            targets.contacts(session),
            wanted,
            today=session.today,
            stamp=stamp,
            is_taken=is_taken(session),
        ),
    )


def planned_beside(
    session: Session, due: str, what: str
) -> Callable[[Contact, Stamp], Step] | None:
    """What plans a follow-up for the day *due* beside something else; None without a day.

    Raises:
        RequestError: it is no day, or *what* is to be done without one.
    """
    day = session.day(due, "--next", prefer="future")
    if day is None:
        if what:
            raise RequestError("--what is for --next", hint="add --next +7d")
        return None
    wanted, ids = todo.Wanted(what or todo.USUAL, day), todo.Ids(is_taken(session))
    return lambda contact, stamp: todo.add_step(contact, wanted, session.today, stamp, ids)


def is_taken(session: Session) -> todo.Taken:
    """What tells whether a follow-up has an id."""
    return lambda id_: bool(session.index.follow_ups([id_]))


def show_agenda(session: Session, query: Sequence[str] | None, until: str) -> None:
    """Show the follow-ups of those whom *query* selects, due by the day *until* if it is given."""
    last = session.day(until, "--until", prefer="future")
    limit = session.options.limit or 0
    first = 0 if session.sort else limit
    planned = session.index.agenda(session.query(query), until=last, limit=first)
    table = follow_up_table(
        planned, session.today, columns=session.columns, sort=session.sort, limit=limit
    )
    if session.options.foreign:
        by_id = {follow_up.id: follow_up for follow_up, _ in planned}
        _show_calendar(session, [by_id[str(row["id"])] for row in table.rows])
    else:
        session.show(table, if_empty=_NOTHING_PLANNED)


def _show_calendar(session: Session, planned: Sequence[FollowUp]) -> None:
    from leadctl.cli.foreign import show_calendar
    from leadctl.messages.calendars import follow_up_calendar

    entries = session.index.by_ids({each.contact for each in planned})
    contacts = {id_: entry.contact for id_, entry in entries.items()}
    made = session.moment()
    show_calendar(session, follow_up_calendar(planned, contacts, session.today, made))


def finish_all(
    session: Session, words: Sequence[str], said: tuple[str, str, str, str], *, is_touch: bool
) -> None:
    """The follow-ups that *words* name are done; way, outcome, day and note are *said*.

    Raises:
        RequestError: a part of it is none, or it lies in the future.
        NoError: there is no such follow-up.
    """
    via, outcome, on, note = said
    day = session.day(on, "--on")
    if not is_touch and via:
        raise RequestError("--no-touch has no --via", hint="leave one of the two out")
    way = known_word(via, VIAS, "way to touch somebody") if via else ""
    result = known_word(outcome, OUTCOMES, "outcome")
    done = Touch(way, result, on=day.isoformat() if day else "", note=note)
    find = _chosen(words)

    def work_out(stamp: Stamp) -> Plan:
        found = find(session)
        held = session.index.by_ids({each.contact for each in found})
        contacts = {id_: entry.contact for id_, entry in held.items()}
        touched = contacts if is_touch else {}
        return todo.finish(found, touched, done, today=session.today, stamp=stamp)

    carry_out(session, work_out)


def move_all(session: Session, words: Sequence[str], *, time: str, note: str) -> None:
    """Put the follow-ups that *words* but the last name off until the day that the last one says.

    Raises:
        RequestError: there is no day, or it has passed.
        NoError: there is no such follow-up.
    """
    *names, last = words
    if not names:
        hint = f"leadctl todo move {last} +3d"
        raise RequestError("todo move wants to know which follow-up and until when", hint=hint)
    day = session.day(last, "DATE", prefer="future") or session.today
    find = _chosen(names)
    carry_out(
        session,
        lambda stamp: todo.move(
            find(session), day, today=session.today, stamp=stamp, time=time, note=note
        ),
    )


def drop_all(session: Session, words: Sequence[str], *, note: str) -> None:
    """Take the follow-ups that *words* name out of the book.

    Raises:
        NoError: there is no such follow-up.
    """
    find = _chosen(words)
    carry_out(session, lambda stamp: todo.drop(find(session), stamp=stamp, note=note))


def _chosen(words: Sequence[str]) -> Callable[[Session], list[FollowUp]]:
    """What finds the follow-ups that *words* name; `-` stands for the ids that stdin brings.

    Raises:
        RequestError: there are others beside `-`.
    """
    if "-" not in words:
        return lambda session: named(session, words)
    if len(words) > 1:
        raise RequestError("- stands alone, and reads ids from stdin")
    ids = read_ids(sys.stdin.buffer.read())
    # What another program says is not guessed at.
    return lambda session: named(session, ids, is_exact=True)


def named(session: Session, words: Iterable[str], *, is_exact: bool = False) -> list[FollowUp]:
    """The follow-ups that *words* name, each once: by id, its beginning, or their contact.

    With *is_exact* only whole ids do.

    Raises:
        NoError: one of them names none.
        RequestError: one of them may be several.
    """
    find = _exactly if is_exact else _one
    found = [find(session, word) for word in words]
    return list({each.id: each for each in found}.values())


def _exactly(session: Session, id_: str) -> FollowUp:
    found = session.index.follow_ups([id_])
    if not found:
        raise NoError(f'no follow-up "{id_}"', hint="`leadctl todo list -f ids` gives their ids")
    return found[0]


def _one(session: Session, word: str) -> FollowUp:
    index = session.index
    exact = index.follow_ups([word]) if word else []
    like = exact or (index.follow_ups_like(word.lower(), limit=CANDIDATES + 1) if word else [])
    if not like:
        like = _of_contact(session, word)
    if len(like) == 1:
        return like[0]
    shown = (f"{each.id} ({each.due}: {each.what})" for each in like[:CANDIDATES])
    more = ", …" if len(like) > CANDIDATES else ""
    raise RequestError(f'"{word}" may be several follow-ups', hint=f"{', '.join(shown)}{more}")


def _of_contact(session: Session, word: str) -> list[FollowUp]:
    """The follow-ups of the contact that *word* names.

    Raises:
        NoError: there are none.
    """
    ids = [each.id for each, _ in session.index.agenda(EVERYTHING)]
    hint = did_you_mean(word, ids, "`leadctl todo list` shows them all")
    try:
        entry = session.one(word)
    except LeadctlError as error:
        raise NoError(f'no follow-up "{word}"', hint=hint) from error
    if not entry.follow_ups:
        raise NoError(f"nothing is planned for {entry.contact.id}", hint=hint)
    return list(entry.follow_ups)

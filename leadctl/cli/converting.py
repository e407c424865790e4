"""What `convert` does: the tables of the book in another format, and back again by `undo`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from leadctl.choosing import counted
from leadctl.choosing import way_back as undo_line
from leadctl.cli import terminal
from leadctl.cli.indexing import current_index
from leadctl.cli.saving import held, persistently, tell_pending
from leadctl.cli.session import Session
from leadctl.converting import conversion_event, require_converted
from leadctl.errors import NoError, RefusedError
from leadctl.records import Event
from leadctl.store import conversion as store
from leadctl.store.conversion import Conversion
from leadctl.store.files import read_bytes
from leadctl.store.kept_files import kept_name


def convert(session: Session, wanted: str) -> None:
    """Keep the book in the format *wanted* from now on.

    Raises:
        RefusedError: something would be lost, and neither confirmed nor told beforehand.
        NoError: the answer was no.
    """
    if session.book.format == wanted:
        _report(session, None, "", wanted)
        return
    found = store.work_out(session.book, wanted)
    # Whoever reads or answers may take all day.
    session.index.release()
    if session.options.dry_run:
        _report(session, found, "", wanted)
        return
    _confirm(session, found)

    def again() -> Conversion:
        if store.current_files(session.book, read_bytes) == found.before:
            return found
        now = store.work_out(session.book, wanted)
        if now.losses.is_grave and now.losses != found.losses:
            _confirm(session, now)
        return now

    done, op = _carry_out(session, again, undoes="")
    with terminal.after_saving():
        _report(session, done, op, wanted)


def take_back(session: Session, event: Event) -> None:
    """Undo the change of format that *event* tells of.

    Raises:
        ConflictError: something was changed since.
        RefusedError: the files as they were are no longer kept.
    """
    wanted = str(event.changes["format"][0])

    def work_out() -> Conversion:
        now = store.current_files(session.book, read_bytes)
        require_converted(event, session.book.format, store.fingerprint(now))
        return store.way_back(session.book, event.op, wanted)

    found = work_out()
    session.index.release()
    if session.options.dry_run:
        _report(session, found, "", wanted)
        return
    done, op = _carry_out(session, work_out, undoes=event.op)
    with terminal.after_saving():
        _report(session, done, op, wanted)


def show_way_back(session: Session, event: Event) -> None:
    """Say which files undoing *event* would bring and take, and change nothing."""
    found = store.way_back(session.book, event.op, str(event.changes["format"][0]))
    session.index.release()
    if session.options.json:
        terminal.say_json(_as_data(found, "", is_dry_run=True))
        return
    for line in _plan(found):
        terminal.say(line)


def _carry_out(
    session: Session, work_out: Callable[[], Conversion], *, undoes: str
) -> tuple[Conversion, str]:
    """What was done, and the operation that it was."""

    def attempt(_: int) -> tuple[Conversion, str, str]:
        session.index.close()
        session.index, session.stages = current_index(session.book, session.environment)
        found, stamp = work_out(), session.stamp()
        event = conversion_event(stamp, found.single, found.marks, undoes=undoes)
        return found, stamp.op, store.carry_out(session.book, found, event)

    with held(session.book, command=session.options.command):
        found, op, pending = persistently(attempt)
    tell_pending(pending)
    return found, op


def _confirm(session: Session, found: Conversion) -> None:
    if session.options.yes or not found.losses.is_grave:
        return
    for line in _plan(found):
        terminal.talk(line)
    if not terminal.can_ask():
        hint = "nothing was changed; say --yes if that may go: the old files are kept aside"
        raise RefusedError("something would be lost, and nobody can be asked", hint=hint)
    if not terminal.ask(f"Convert the book to {found.new}?"):
        raise NoError("nothing was changed")


def _plan(found: Conversion) -> Iterator[str]:
    for kind, count in (("contacts", found.contacts), ("followups", found.follow_ups)):
        old, new = _names(found.before, kind), _names(found.after, kind)
        if old != new:
            what = counted(count) if kind == "contacts" else _follow_ups(count)
            yield f"{old or '—'} → {new or '—'}   {what}"
    yield from found.losses.sentences()


def _names(files: Mapping[str, bytes], kind: str) -> str:
    """The file of *files* that holds things of one *kind*, or their folder."""
    names = [name for name in files if name.startswith(kind)]
    return f"{kind}/" if any("/" in name for name in names) else "".join(names)


def _as_data(found: Conversion | None, op: str, *, is_dry_run: bool) -> dict[str, object]:
    data: dict[str, object] = {"op": op or None, "dry_run": is_dry_run}
    if found is None:
        return {**data, "format": None, "contacts": 0, "follow_ups": 0, "lost": []}
    return {
        **data,
        "format": {"old": found.old, "new": found.new},
        "contacts": found.contacts,
        "follow_ups": found.follow_ups,
        "lost": list(found.losses.sentences()),
        "kept": kept_name(op) if op else None,
    }


def _follow_ups(count: int) -> str:
    return "1 follow-up" if count == 1 else f"{count} follow-ups"


def _report(session: Session, found: Conversion | None, op: str, wanted: str) -> None:
    options = session.options
    if options.json:
        terminal.say_json(_as_data(found, op, is_dry_run=options.dry_run))
    elif found is None:
        session.say(f"the book is kept as {wanted} already; nothing to change")
    elif options.dry_run:
        for line in _plan(found):
            terminal.say(line)
        terminal.talk("dry run: nothing was changed")
    else:
        what = f"{counted(found.contacts)} and {_follow_ups(found.follow_ups)}"
        session.say(f"{what} converted from {found.old} to {found.new}. {undo_line(op)}")
        session.hint(f"the files as they were are kept in {kept_name(op)}")

"""What `undo` does: an operation of the journal → the plan that takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.choosing import as_data
from leadctl.cli import terminal
from leadctl.cli.changing import carry_out
from leadctl.cli.session import Session
from leadctl.converting import is_conversion
from leadctl.errors import RefusedError, RequestError
from leadctl.located import Scalar
from leadctl.plans import Plan
from leadctl.query.sql import EVERYTHING
from leadctl.records import Event
from leadctl.stages_reading import read_stages
from leadctl.stamps import Stamp
from leadctl.store.book import read_yaml
from leadctl.store.files import read_bytes
from leadctl.undo_parts import State
from leadctl.undo_views import undo_lines
from leadctl.undoing import (
    find_operation,
    last_operation,
    require_not_undone,
    require_statuses,
    undo,
)
from leadctl.what_counts import voided

#: So many operations are looked through for the one that is meant.
_MOST = 1_000


def take_back(session: Session, word: str | None, *, only_show: bool) -> None:
    """Undo the operation that *word* names, the last one if it is None, or show what that does.

    Raises:
        RequestError: there is no such operation.
        ConflictError: it is undone already, or what it changed is different by now.
        RefusedError: it cannot be undone.
    """
    if word is not None and not word.strip():
        hint = "name it, or say `leadctl undo` alone for the last one"
        raise RequestError("the operation is empty", hint=hint)
    op = _operation(session, word)
    if _is_of_format(session, op, only_show=only_show):
        return

    def work_out(stamp: Stamp) -> Plan:
        return _plan(session, op, session.index.around(op), stamp)

    if not only_show:
        carry_out(session, work_out)
        return
    plan, around = work_out(session.stamp()), session.index.around(op)
    session.index.release()
    if session.options.json:
        terminal.say_json(as_data(plan, is_dry_run=True))
    else:
        lines = undo_lines(plan, around)
        terminal.say_difference(lines, session.options, session.environment)


def _is_of_format(session: Session, op: str, *, only_show: bool) -> bool:
    """True if *op* changed the format of the book; then it is taken back, or shown."""
    around = session.index.around(op)
    found = [event for event in around if event.op == op and is_conversion(event)]
    if not found:
        return False
    from leadctl.cli.converting import show_way_back, take_back

    require_not_undone(op, around)
    (show_way_back if only_show else take_back)(session, found[0])
    return True


def _operation(session: Session, word: str | None) -> str:
    """The operation that *word* names, or the last one."""
    index = session.index
    if word is None:
        return last_operation(index.latest(but=voided(index.undoings())))
    # All of them, if none is like it: one of these may have been meant.
    found = index.of_operations(word.lower(), limit=_MOST) or index.of_operations("", limit=_MOST)
    return find_operation(word, found)


def _plan(session: Session, op: str, events: Sequence[Event], stamp: Stamp) -> Plan:
    mine = [event for event in events if event.op == op]
    texts = _texts(session, mine)
    held = session.index.by_ids(dict.fromkeys(event.contact for event in mine))
    contacts = {id_: entry.contact for id_, entry in held.items()}
    ids = dict.fromkeys(id_ for event in mine for id_ in event.follow_ups)
    follow_ups = [*session.index.follow_ups(ids)] if ids else []
    follow_ups += (each for entry in held.values() for each in entry.follow_ups)
    planned = {each.id: each for each in follow_ups}
    typed = [event.contact for event in mine if event.record]
    records = session.book.contacts.texts(typed) if typed else {}
    plan = undo(op, State(contacts, texts, events, planned, records), stamp)
    stages = session.book.stages_path.name
    if stages in plan.change.texts:
        from leadctl.store.yaml_reader import read_tree

        tree, _ = read_tree(plan.change.texts[stages][1], stages)
        then = read_stages(tree)[0] if tree is not None else None
        if then is not None:
            everybody = (entry.contact for entry in session.index.entries(EVERYTHING))
            require_statuses(plan, everybody, session.stages, then)
    return plan


def _texts(session: Session, mine: list[Event]) -> dict[str, str]:
    """The files that the events *mine* changed as a whole, as they are now."""
    book = session.book
    known = {str(path.relative_to(book.root)) for path in book.edited}
    texts: dict[str, str] = {}
    for event in mine:
        if event.is_about_contact or event.contact.startswith("~"):
            continue
        for path in event.changes:
            # The journal is a file as any other: it must not lead a write out of the book.
            if path not in known:
                message = f'operation {event.op} changed "{path}", which is no file of this book'
                raise RefusedError(message, hint="nothing was changed")
            _require_ours(session, path)
            # A text that is no UTF-8 is not what was written.
            texts[path] = read_bytes(book.root / path).decode("utf-8", "replace")
    return texts


def _require_ours(session: Session, path: str) -> None:
    """A link out of the book, which may have come with it, is followed only to a file like ours."""
    file = session.book.root / path
    target = file.resolve()
    if target.is_relative_to(session.book.root):
        return
    tree, _, problems = read_yaml(file, shown=path)
    if problems or tree is None or isinstance(tree, Scalar):
        message = f"{file} is a link to {target}, which is no file of a book"
        raise RefusedError(message, hint="nothing was changed; remove the link")

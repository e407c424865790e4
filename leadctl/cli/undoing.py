"""What `undo` does: an operation of the journal → the plan that takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.choosing import as_data
from leadctl.cli import terminal
from leadctl.cli.changing import carry_out
from leadctl.cli.session import Session
from leadctl.errors import RefusedError, RequestError
from leadctl.located import Scalar
from leadctl.plans import Plan
from leadctl.query.sql import EVERYTHING
from leadctl.records import Event
from leadctl.stages_reading import read_stages
from leadctl.stamps import Stamp
from leadctl.store.book import read_yaml
from leadctl.store.files import read_bytes
from leadctl.undo_views import undo_lines
from leadctl.undoing import State, find_operation, last_operation, require_statuses, undo


def take_back(session: Session, word: str | None, *, only_show: bool) -> None:
    """Undo the operation that *word* names, the last one if it is None, or show what that does.

    Raises:
        RequestError: there is no such operation.
        ConflictError: it is undone already, or what it changed is different by now.
        RefusedError: it cannot be undone.
    """
    index, events = session.index, session.index.events()
    if word is not None and not word.strip():
        hint = "name it, or say `leadctl undo` alone for the last one"
        raise RequestError("the operation is empty", hint=hint)
    op = find_operation(word, events) if word else last_operation(events)

    def work_out(stamp: Stamp) -> Plan:
        # All events of a large book take a second: once is enough if it has not changed.
        known = events if session.index is index else session.index.events()
        return _plan(session, op, known, stamp)

    if not only_show:
        carry_out(session, work_out)
        return
    plan = work_out(session.stamp())
    if session.options.json:
        terminal.say_json(as_data(plan, is_dry_run=True))
    else:
        terminal.say_difference(undo_lines(plan, events), session.options, session.environment)


def _plan(session: Session, op: str, events: Sequence[Event], stamp: Stamp) -> Plan:
    contacts = [entry.contact for entry in session.index.entries(EVERYTHING)]
    texts = _texts(session, [event for event in events if event.op == op])
    plan = undo(op, State({each.id: each for each in contacts}, texts, events), stamp)
    stages = session.book.stages_path.name
    if stages in plan.change.texts:
        from leadctl.store.yaml_reader import read_tree

        tree, _ = read_tree(plan.change.texts[stages][1], stages)
        then = read_stages(tree)[0] if tree is not None else None
        if then is not None:
            require_statuses(plan, contacts, session.stages, then)
    return plan


def _texts(session: Session, mine: list[Event]) -> dict[str, str]:
    """The files that the events *mine* changed as a whole, as they are now."""
    book = session.book
    known = {str(path.relative_to(book.root)) for path in book.contacts.paths()}
    texts: dict[str, str] = {}
    for event in mine:
        if event.is_about_contact or event.contact.startswith("~"):
            continue
        for path in event.changes:
            # The journal is a file as any other: it must not lead a write out of the book.
            if path not in {*known, book.stages_path.name}:
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

"""What `export` does: contacts → a text that other programs read, on stdout or in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from leadctl.cli import terminal
from leadctl.cli.foreign import show_address_book
from leadctl.cli.session import Session
from leadctl.errors import RefusedError, RequestError
from leadctl.exporting import export_table
from leadctl.records import Entry
from leadctl.render.formats import Format, Look, render
from leadctl.store.book import Book
from leadctl.store.files import create_whole, is_there, replace_whole

#: What the names of the files of a book begin with, up to the dot.
_OF_A_BOOK = frozenset({"contacts", "followups", "journal", "stages"})


def export(session: Session, words: Sequence[str], *, out: Path | None, is_forced: bool) -> None:
    """Print the contacts that the query *words* selects, or write them into *out*.

    Raises:
        RequestError: no file to replace, or no folder for *out*.
        RefusedError: *out* is there and is not to be replaced, or is a file of the book.
        FileError: it cannot be written.
    """
    if out is None and is_forced:
        raise RequestError("--force is about a file", hint="name it: --out FILE")
    if out is not None:
        _require_place(session.book, out, is_forced=is_forced)
    entries = session.select(session.query(words), limit=0)
    if out is None:
        _print(session, entries)
        return
    content = "".join(_pieces(session, entries)).encode()
    (replace_whole if is_forced else create_whole)(out, content)
    contacts = "1 contact" if len(entries) == 1 else f"{len(entries)} contacts"
    session.say(f"{contacts} written to {out}")


def _print(session: Session, entries: Sequence[Entry]) -> None:
    if session.options.foreign:
        show_address_book(session, entries)
        return
    table = export_table((entry.contact for entry in entries), schema=session.schema)
    session.index.release()
    options = replace(session.options, format=_format(session))
    terminal.show(table, options, session.environment, session.today)
    if not entries:
        session.hint("nobody matches; `leadctl list` shows everybody")


def _pieces(session: Session, entries: Sequence[Entry]) -> Iterator[str]:
    """The text for a file, whatever stdout is."""
    contacts = (entry.contact for entry in entries)
    if session.options.foreign:
        from leadctl.messages.address_cards import address_cards
        from leadctl.render.vcards import lines

        return (f"{line}\r\n" for line in lines(address_cards(contacts), for_terminal=False))
    table = export_table(contacts, schema=session.schema)
    return render(table, _format(session), Look(raw=session.options.raw))


def _format(session: Session) -> Format:
    return Format.JSON if session.options.json else session.options.format or Format.CSV


def _require_place(book: Book, out: Path, *, is_forced: bool) -> None:
    if not out.parent.is_dir():
        raise RequestError(f'there is no folder "{out.parent}"')
    real, root = out.resolve(), book.root.resolve()
    is_deep = root in real.parent.parents
    if is_deep or (real.parent == root and real.name.partition(".")[0] in _OF_A_BOOK):
        message = f"{out} would be taken for a part of the book"
        raise RefusedError(message, hint="name another file, best outside of the book")
    if not is_forced and is_there(out):
        message = f"{out} is there already; it was not changed"
        raise RefusedError(message, hint="name another file, or replace this one: --force")

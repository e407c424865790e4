"""What `draft` does: a contact and a template → a message, printed or in a file, never sent."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leadctl.cli import terminal
from leadctl.cli.session import Session
from leadctl.contacts import split_values
from leadctl.errors import DataError, NoError, RefusedError, RequestError
from leadctl.exchange.mail import message, plain_address, unsent
from leadctl.fields import DERIVED
from leadctl.listing import contact_row
from leadctl.matching import did_you_mean
from leadctl.messages.letters import Draft, Letter, as_typed, draft_data, draft_text, read_letter
from leadctl.messages.templates import EXTRA, Template, letter, missing, template_table, values_of
from leadctl.records import Entry
from leadctl.store.files import already_there, create_whole
from leadctl.store.templates import Kept, read_kept, template_names, template_path


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants to have of a draft."""

    #: The name of a template, or of its file.
    template: str
    #: One of the contact's addresses; empty: the first.
    to: str
    #: The file to write; None: print it.
    out: Path | None
    is_edited: bool


_NO_WISHES = Wishes("", "", None, is_edited=False)


def list_templates(session: Session, who: str, wishes: Wishes) -> None:
    """Show which templates there are, and say which of them cannot be used.

    Raises:
        RequestError: there is somebody, or there are *wishes*: this is no draft.
    """
    if who:
        raise RequestError("--list is about nobody", hint="leave out --list, or the name")
    if wishes != _NO_WISHES:
        raise RequestError("whom is the draft for?", hint="leadctl draft WHO TEMPLATE")
    kept = read_kept(session.book.root, template_names(session.book.root), session.schema)
    session.show(template_table(each.template for each in kept))
    for each in kept:
        for problem in each.problems[:1]:
            terminal.talk(f"leadctl: warning: {problem.where}: {problem.message}")
    if not kept:
        session.hint("no templates yet; write one into templates/hello.md")


def hand_out(session: Session, who: str, wishes: Wishes) -> None:
    """Print the draft for *who*, or write it into a file, as *wishes* says.

    Raises:
        RefusedError: they are marked do-not-contact, or the file is there already.
        RequestError: there is no such template, or address.
        DataError: the template has mistakes, or the contact has not all that it asks for.
        NoError: the editor was left without a text.
    """
    entry = _addressee(session, who, wishes.template)
    _require_open(entry)
    _require_place(wishes.out)
    template = _template(session, wishes.template)
    made = _letter(session, entry, template)
    draft = Draft(
        contact=entry.contact.id,
        name=entry.contact.name,
        to=_address(entry, wishes.to),
        template=template.name,
        letter=made,
    )
    with _finished(session, draft, is_edited=wishes.is_edited) as finished:
        _put(session, finished, wishes.out)
    session.hint(f"sent it? leadctl touch {entry.contact.id} --via email")


@contextlib.contextmanager
def _finished(session: Session, draft: Draft, *, is_edited: bool) -> Iterator[Draft]:
    """*draft* as the user leaves it; what was typed is kept until the body is done."""
    if not is_edited:
        yield draft
        return
    from leadctl.cli.editor import edited

    session.index.release()
    name = f"leadctl-{draft.contact}"
    with edited(as_typed(draft.letter), session.environment, name=name) as text:
        yield replace(draft, letter=read_letter(text))


def _addressee(session: Session, who: str, template: str) -> Entry:
    try:
        return session.one(who)
    except NoError as error:
        if not template or who not in template_names(session.book.root):
            raise
        hint = f"leadctl draft {template} {who}"
        raise RequestError("whom it is for comes first, then the template", hint=hint) from error


def _require_open(entry: Entry) -> None:
    if entry.contact.do_not_contact:
        who = f"{entry.contact.name} ({entry.contact.id})"
        hint = f"`leadctl show {entry.contact.id}` tells what is known"
        raise RefusedError(f"{who} is marked do-not-contact: no draft was made", hint=hint)


def _require_place(out: Path | None) -> None:
    if out is None:
        return
    if os.fspath(out) == "-":
        raise RequestError("--out names a file", hint="without --out the draft is printed")
    if os.path.lexists(out):
        raise already_there(out)
    if not out.parent.is_dir():
        raise RequestError(f'there is no folder "{out.parent}"')


def _template(session: Session, word: str) -> Template:
    names = template_names(session.book.root)
    listed = f"templates: {', '.join(names)}" if names else ""
    name = word if word in names else word.removesuffix(".md").removeprefix("templates/")
    if not word:
        raise RequestError("which template?", hint=listed or "write one into templates/hello.md")
    if name not in names:
        hint = did_you_mean(name, names, listed or f"write it into {template_path('hello')}")
        raise RequestError(f'no template named "{name}"', hint=hint)
    (kept,) = read_kept(session.book.root, [name], session.schema)
    return _sound(session, kept)


def _sound(session: Session, kept: Kept) -> Template:
    if kept.problems:
        shown = session.book.with_excerpts(kept.problems)
        raise DataError(f'the template "{kept.template.name}" has mistakes', problems=shown)
    return kept.template


def _address(entry: Entry, wanted: str) -> str:
    theirs, who = (
        split_values(entry.contact.get("email")),
        f"{entry.contact.name} ({entry.contact.id})",
    )
    if not wanted and not theirs:
        terminal.talk(f"note: {who} has no e-mail address; the draft has no recipient")
        return ""
    named = [each for each in theirs if not wanted or each.casefold() == wanted.casefold()]
    if not named:
        hint = f"they have: {', '.join(theirs)}" if theirs else "leave --to out"
        raise RequestError(f'{who} has no e-mail address "{wanted}"', hint=hint)
    try:
        return plain_address(named[0])
    except ValueError as error:
        hint = f"correct it with `leadctl set {entry.contact.id} email=…`, or choose one with --to"
        raise DataError(f"{who}: {error}", hint=hint) from error


def _letter(session: Session, entry: Entry, template: Template) -> Letter:
    row = contact_row(entry, session.stages, session.today, schema=session.schema)
    values = values_of(row, session.today)
    lacking = missing(template, values)
    if lacking:
        who = f"{entry.contact.name} ({entry.contact.id})"
        message = f'the template "{template.name}" asks for what {who} does not have'
        settable = next((name for name in lacking if name not in (*DERIVED, *EXTRA)), "")
        way = f"`leadctl set {entry.contact.id} {settable}=…`, or say" if settable else "say"
        hint = f"{way} in the template what else is to stand there: {{{lacking[0]}|…}}"
        raise DataError(f"{message}: {', '.join(lacking)}", hint=hint)
    return letter(template, values)


def _put(session: Session, draft: Draft, out: Path | None) -> None:
    if out is not None:
        made = message(draft.to, draft.letter.subject, text=draft.letter.text, name=draft.name)
        create_whole(out, unsent(made))
    if session.options.json:
        terminal.say_json(draft_data(draft) | ({"out": str(out)} if out else {}))
    elif out is not None:
        session.say(f"{draft.contact}: draft written to {out}")
    else:
        terminal.say(draft_text(draft))
    # What an editor has left is kept until the output has taken it.
    sys.stdout.flush()

"""A text of the book goes through an editor until it has no mistake, or is given up, but kept."""

from __future__ import annotations

import contextlib
import secrets
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadctl.cli import terminal
from leadctl.cli.edit_text import Typed, read_back, shown
from leadctl.cli.editor import editor_words, run_editor
from leadctl.cli.session import Session
from leadctl.errors import DataError, FileError, NoError, RequestError
from leadctl.problems import Problem, Where
from leadctl.store.creation import ensure_state, furnish_state
from leadctl.store.encoding import decode
from leadctl.store.files import create, create_whole, discard, read_bytes

#: Editors that come back at once while their window is open, and the options that keep them.
_FORKING = frozenset({"code", "codium", "cursor", "zed", "subl", "atom", "mate", "gedit", "kate"})
_WAITING = frozenset({"-w", "--wait", "-b", "--block", "-s", "--standalone"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What is edited."""

    #: What the user calls it, such as the id of a contact.
    name: str
    #: The command that edits it, without options.
    command: str
    #: How the book has it now.
    text: str
    #: What to say to whoever leaves no text.
    if_emptied: str
    #: Everything that is wrong with what was typed.
    check: Callable[[Typed], Sequence[Problem]]
    #: What was typed, made from the first text, brought together with what the book has now.
    merge: Callable[[str, Typed], tuple[Typed, Sequence[Problem]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The file in which somebody types, beside it what they began with."""

    path: Path
    base: str

    @property
    def base_path(self) -> Path:
        """Where the first text lies."""
        return self.path.with_suffix(".base")

    def resume(self, subject: Subject) -> str:
        """The command that goes on with it."""
        return f"{subject.command} --resume {shlex.quote(str(self.path))}"

    def discard(self) -> None:
        """Remove both files."""
        discard(self.path)
        discard(self.base_path)


@contextlib.contextmanager
def edited(
    session: Session, subject: Subject, given: Typed, *, resume: Path | None
) -> Iterator[tuple[str, Typed]]:
    """The text that was begun with and what became of it, for the body to take into the book.

    What was typed is kept if the body fails or only tries, and it is said where it lies. *given*
    has note and reason; with *resume* an earlier edit goes on.

    Raises:
        RequestError: there is no editor, or no such edit.
        NoError: it was given up.
        DataError: what was typed has mistakes, and nobody is there to mend them.
    """
    words = editor_words(session.environment)
    kept, typed, problems = _begin(session, subject, given, resume)
    try:
        typed = _rounds(words, subject, kept, typed, problems)
        yield kept.base, typed
    except BaseException:
        _keep(kept, subject)
        raise
    if session.options.dry_run and typed.body != kept.base:
        _keep(kept, subject)
    elif typed.body == kept.base and _comes_back_at_once(words):
        option = shlex.join([*words, "--wait"])
        terminal.talk(f'leadctl: "{words[0]}" may still be open; it waits with EDITOR={option!r}')
        terminal.talk(f"hint: to take in what is saved there: {kept.resume(subject)}")
    else:
        kept.discard()


def _begin(
    session: Session, subject: Subject, given: Typed, resume: Path | None
) -> tuple[Kept, Typed, Sequence[Problem]]:
    if resume is not None:
        return _resumed(subject, given, resume)
    ensure_state(session.book)
    furnish_state(session.book)
    folder = session.book.state / "edits"
    for path in sorted(folder.glob(f"{subject.name}.*.yaml")):
        left = Kept(path, "")
        terminal.talk(f"leadctl: an edit of {subject.name} lies in {path}")
        terminal.talk(f"hint: to go on with it: {left.resume(subject)}; else remove the file")
    kept = Kept(folder / f"{subject.name}.{secrets.token_hex(3)}.yaml", subject.text)
    typed = replace(given, body=subject.text)
    create(kept.base_path, subject.text.encode())
    create(kept.path, _shown(kept, subject, typed, ()).encode())
    return kept, typed, ()


def _resumed(subject: Subject, given: Typed, path: Path) -> tuple[Kept, Typed, Sequence[Problem]]:
    kept = Kept(path.absolute().with_suffix(".yaml"), "")
    if not kept.path.is_file() or not kept.base_path.is_file():
        hint = "leave --resume out to begin anew"
        raise RequestError(f'there is no edit to go on with in "{path}"', hint=hint)
    if not path.name.startswith(f"{subject.name}."):
        raise RequestError(f'"{path.name}" is an edit of something else than {subject.name}')
    base = read_bytes(kept.base_path).decode()
    typed = _read(kept, given)
    typed = replace(typed, note=given.note or typed.note, reason=given.reason or typed.reason)
    typed, problems = subject.merge(base, typed)
    # From here on it counts against what the book has now.
    _put(kept.base_path, subject.text)
    kept = Kept(kept.path, subject.text)
    return kept, typed, _wrong(kept, subject, typed, problems)


def _rounds(
    words: list[str], subject: Subject, kept: Kept, typed: Typed, problems: Sequence[Problem]
) -> Typed:
    while True:
        _put(kept.path, _shown(kept, subject, typed, problems))
        run_editor(words, kept.path, left="nothing was changed")
        saved = _read(kept, typed)
        if not saved.body.strip():
            raise NoError("there is no text left: nothing was changed", hint=subject.if_emptied)
        wrong = _wrong(kept, subject, saved)
        if not wrong:
            return saved
        # A script may have changed what leadctl wrote above, and would do so for ever.
        is_left = (saved.body, saved.note, saved.reason) == (typed.body, typed.note, typed.reason)
        _put(kept.path, _shown(kept, subject, saved, wrong))
        if is_left or not terminal.can_ask():
            told = tuple(replace(each, where=_in_file(each.where, kept)) for each in wrong)
            raise DataError("nothing was changed: what was typed has mistakes", problems=told)
        typed, problems = saved, wrong


def _wrong(
    kept: Kept, subject: Subject, typed: Typed, said: Sequence[Problem] = ()
) -> tuple[Problem, ...]:
    """What is *said* and what is wrong with *typed*, by the lines of the file that tells of it."""
    found = (*said, *subject.check(typed))
    above = read_back(_shown(kept, subject, typed, found)).lines_above
    return (*said, *subject.check(replace(typed, lines_above=above)))


def _in_file(where: Where, kept: Kept) -> Where:
    return Where(str(kept.path), where.line, where.column)


def _shown(kept: Kept, subject: Subject, typed: Typed, problems: Sequence[Problem]) -> str:
    what = f"Save and leave the editor to change {subject.name}."
    return shown(typed, kept.resume(subject), what=what, problems=problems)


def _read(kept: Kept, before: Typed) -> Typed:
    decoded = decode(read_bytes(kept.path), str(kept.path))
    if decoded.problems:
        raise DataError("what the editor saved cannot be read", problems=decoded.problems)
    typed = read_back(decoded.text)
    if not typed.lines_above:
        return replace(typed, note=before.note, reason=before.reason)
    return typed


def _put(path: Path, text: str) -> None:
    """Write *path* anew, as a whole or not at all."""
    staged = path.with_suffix(".new")
    discard(staged)
    create_whole(staged, text.encode("utf-8", "replace"))
    try:
        staged.replace(path)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error


def _keep(kept: Kept, subject: Subject) -> None:
    """Say where the text lies, unless nothing is in it that was not there before."""
    with contextlib.suppress(FileError):
        content = read_bytes(kept.path)
        body = read_back(content.decode("utf-8", "replace")).body
        if not body.strip() or body == kept.base:
            kept.discard()
            return
    terminal.talk(f"leadctl: what you have typed lies in {kept.path}")
    terminal.talk(f"hint: to go on with it: {kept.resume(subject)}")


def _comes_back_at_once(words: list[str]) -> bool:
    return Path(words[0]).name in _FORKING and not _WAITING.intersection(words[1:])

"""What `stages edit` does: stages.yaml → an editor → a change of the file as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from leadctl.cli.changing import carry_out
from leadctl.cli.edit_rounds import Subject, edited
from leadctl.cli.edit_text import Typed, as_written, for_editor
from leadctl.cli.session import Session
from leadctl.dates import quoted
from leadctl.errors import ConflictError, DataError
from leadctl.plans import Plan, require_text
from leadctl.problems import Problem, Where
from leadctl.query.sql import EVERYTHING
from leadctl.stage_edits import StagesEdit
from leadctl.stage_plans import FILE, stages_plan
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.stamps import Stamp

_MARK = "\ufeff"


def edit_stages(session: Session, given: Typed, *, resume: Path | None) -> None:
    """Let the user edit stages.yaml, and take in what becomes of it.

    Raises:
        RequestError: there is no editor, or no such edit.
        NoError: the edit was given up.
        DataError: what was typed has mistakes.
        ConflictError: the file was changed by somebody else meanwhile.
    """
    subject = Subject(
        name=FILE,
        command="leadctl stages edit",
        text=for_editor(_text(session).removeprefix(_MARK)),
        if_emptied="a book needs a stages.yaml",
        check=lambda typed: _mistakes(session, typed),
        merge=lambda base, typed: _resumed(session, base, typed),
    )
    session.index.release()
    with edited(session, subject, given, resume=resume) as (base, typed):
        carry_out(session, lambda stamp: _plan(session, base, typed, stamp))


def _text(session: Session) -> str:
    from leadctl.store.files import read_bytes

    try:
        return read_bytes(session.book.stages_path).decode()
    except UnicodeDecodeError as error:
        raise DataError(
            f"{FILE} is not UTF-8", hint="`leadctl stages check` tells where"
        ) from error


def _read(text: str) -> tuple[Stages | None, list[Problem]]:
    from leadctl.store.yaml_reader import read_tree

    tree, problems = read_tree(text, FILE)
    if tree is None:
        nothing = [Problem(Where(FILE), "there is nothing in it but comments")]
        return None, problems or nothing
    stages, found = read_stages(tree)
    return stages, [*problems, *found]


def _mistakes(session: Session, typed: Typed) -> Sequence[Problem]:
    stages, problems = _read(typed.padded)
    wrong = [each for each in problems if not each.is_warning]
    return wrong if wrong or stages is None else list(_left_behind(session, stages))


def _left_behind(session: Session, then: Stages) -> Iterator[Problem]:
    """Statuses that contacts are in and that *then* would no longer have."""
    everybody = (entry.contact.status for entry in session.index.entries(EVERYTHING))
    for status, count in sorted(Counter(everybody).items()):
        if session.stages.find(status) and not then.find(status):
            who = "1 contact is" if count == 1 else f"{count} contacts are"
            message = f"{who} in {quoted(status)}, which would be gone"
            hint = f"leave it in, and then: leadctl stages rename {quoted(status)} NEW, or remove"
            yield Problem(Where(FILE), message, hint)


def _resumed(session: Session, base: str, typed: Typed) -> tuple[Typed, Sequence[Problem]]:
    now = for_editor(_text(session).removeprefix(_MARK))
    if now in (base, typed.body):
        return typed, []
    message = "stages.yaml was changed in the book since, and that is not in the text below"
    return typed, [Problem(Where(FILE), message, "bring it in by hand, then save")]


def _plan(session: Session, base: str, typed: Typed, stamp: Stamp) -> Plan:
    old = _text(session)
    if for_editor(old.removeprefix(_MARK)) not in (base, typed.body):
        raise ConflictError(f"{FILE} was changed by somebody else meanwhile; nothing was changed")
    mark = _MARK if old.startswith(_MARK) else ""
    new = mark + as_written(typed.body, old.removeprefix(_MARK))
    what = require_text(typed.note, "the note") or "edited"
    return stages_plan(StagesEdit(session.stages, what), (old, new), stamp)

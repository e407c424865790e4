"""What `remind` does: query and day → the digest, printed or sent, once a day if that is asked."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from leadctl.cli import terminal
from leadctl.cli.delivering import Delivery, deliver, delivery
from leadctl.cli.prospecting import found_by, those_new
from leadctl.cli.user_config import state_folder
from leadctl.errors import PartlyTakenError, RequestError
from leadctl.messages.digest_texts import digest_data, digest_text
from leadctl.messages.digests import Digest, digest
from leadctl.store.reminded import (
    Reminded,
    alone,
    last_reminded,
    note_reminded,
    state_path,
)

if TYPE_CHECKING:
    from leadctl.cli.session import Session

#: So many are shown in each section unless --limit says otherwise.
_MOST = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """Who the digest is about, and where it goes."""

    query: tuple[str, ...]
    ahead: str
    by: Delivery
    #: How many are shown in each section; None for the usual number.
    limit: int | None = None

    @property
    def more(self) -> str:
        """The command that shows everybody."""
        ahead = ("--ahead", self.ahead) if self.ahead else ()
        return shlex.join(["leadctl", "prospects", *ahead, *self.query])

    @property
    def job(self) -> str:
        """What tells digests of one book apart: about whom, how many, to whom, by which way.

        A fingerprint, as a query may hold a name.
        """
        to = sorted(each.address for each in self.by.to)
        told = repr((self.query, self.ahead, self.limit, to, self.by.way.value, str(self.by.file)))
        return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def way(
    session: Session,
    to: Sequence[str],
    *,
    out: Path | None = None,
    by_server: bool = False,
    by_program: bool = False,
) -> Delivery:
    """Where the digest goes, as the options, the environment and config.yaml say."""
    return delivery(session.environment, to=to, out=out, by_server=by_server, by_program=by_program)


def remind(session: Session, asked: Asked) -> None:
    """Let the digest of the day go, if anybody is in it."""
    _let_go(session, asked, _digest(session, asked, None))


def remind_once(session: Session, asked: Asked) -> None:
    """The same, unless it was done today; what has come since the last time is marked.

    Raises:
        RequestError: another day than today is asked for, or there is no folder to note it in.
        BusyError: another process has been at it for long.
        FileError: it cannot be noted.
    """
    if session.options.as_of:
        raise RequestError("--once-per-day is about today", hint="leave --as-of out")
    path, day = _state(session), session.today
    with _kept_alone(path, is_trial=session.options.dry_run):
        before = last_reminded(path, asked.job)
        if before.sent == day:
            _say_done(session)
            return
        found = _digest(session, asked, before.before(day))
        try:
            _let_go(session, asked, found)
        except PartlyTakenError:
            # Sent once more, it would reach twice those who have it.
            _note(session, path, asked, Reminded(day, day))
            raise
        sent = day if found.count else before.sent
        _note(session, path, asked, Reminded(sent, day))


def _say_done(session: Session) -> None:
    told = "leadctl: the digest of today was sent already"
    if session.options.dry_run:
        terminal.talk(told)
    else:
        session.hint(told)


def _note(session: Session, path: Path, asked: Asked, reminded: Reminded) -> None:
    if not session.options.dry_run:
        note_reminded(path, asked.job, reminded)


@contextmanager
def _kept_alone(path: Path, *, is_trial: bool) -> Iterator[None]:
    if is_trial:
        yield
        return
    with alone(path):
        yield


def _state(session: Session) -> Path:
    folder = state_folder(session.environment)
    if folder is None:
        message = "--once-per-day: there is no folder to note in what was sent"
        raise RequestError(message, hint="set HOME, or XDG_STATE_HOME")
    return state_path(folder, session.book.root)


def _digest(session: Session, asked: Asked, last: date | None) -> Digest:
    ahead_days = session.days(asked.ahead, "--ahead")
    found = found_by(session, asked.query, ahead_days, limit=0)
    session.name_unknown_statuses()
    come = those_new(session, found, last, ahead_days) if last else ()
    new = (prospect.entry.contact.id for prospect in come)
    return digest(found, session.today, last=last, new=new, unread=len(session.unread()))


def _let_go(session: Session, asked: Asked, found: Digest) -> None:
    # A server may take its time, and the index is not needed for that.
    session.index.release()
    by = asked.by
    mail = _mail(session, asked, found) if by.is_mail and found.count else None
    if session.options.json:
        terminal.say_json(_data(session, asked, found), is_indented=True)
    elif mail is None or session.options.dry_run:
        _print(session, asked, found)
    # Whoever does not get the output has not been told.
    sys.stdout.flush()
    if mail is not None and not session.options.dry_run:
        deliver(mail, by)
        session.hint(f"leadctl: sent {by.where}: {found.subject}")
    if not found.count:
        session.hint("leadctl: nobody is to be contacted")


def _print(session: Session, asked: Asked, found: Digest) -> None:
    if asked.by.is_mail and found.count:
        terminal.say(f"would be sent {asked.by.where}")
        terminal.say(f"From: {asked.by.sender}")
        terminal.say(f"To: {', '.join(map(str, asked.by.to))}")
        terminal.say(f"Subject: {found.subject}\n")
    text = digest_text(found, most=_most(session), more=asked.more)
    if text:
        terminal.say(text.rstrip("\n"))


def _mail(session: Session, asked: Asked, found: Digest) -> bytes:
    from leadctl.cli.clock import moment
    from leadctl.exchange.digest_html import digest_html
    from leadctl.exchange.digest_mail import digest_mail

    most = _most(session)
    return digest_mail(
        asked.by.to,
        asked.by.sender,
        subject=found.subject,
        text=digest_text(found, most=most, more=asked.more),
        html=digest_html(found, most=most, more=asked.more),
        at=moment(session.environment),
    )


def _data(session: Session, asked: Asked, found: Digest) -> dict[str, object]:
    data = digest_data(found)
    if asked.by.is_mail and found.count:
        data["mail"] = {
            "from": str(asked.by.sender),
            "to": [each.address for each in asked.by.to],
            "subject": found.subject,
            "by": asked.by.way.value,
            "dry_run": session.options.dry_run,
        }
    return data


def _most(session: Session) -> int:
    return _MOST if session.options.limit is None else session.options.limit

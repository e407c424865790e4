"""Where a digest goes: to stdout, into a file, to a mail server, or to sendmail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from leadctl.cli.user_config import config_path, mail_settings
from leadctl.errors import PartlyTakenError, RefusedError, RequestError

if TYPE_CHECKING:
    from leadctl.exchange.digest_mail import Mailbox
    from leadctl.messages.mail_routes import Route
    from leadctl.messages.mail_settings import MailSettings

SMTP_URL = "LEADCTL_SMTP_URL"


class Way(StrEnum):
    """How it leaves."""

    PRINT = "print"
    FILE = "file"
    SERVER = "send"
    PROGRAM = "sendmail"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One way, with all that it needs but the password, which is fetched when it is used."""

    way: Way
    settings: MailSettings | None = None
    to: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    file: Path = Path()
    route: Route | None = None
    command: tuple[str, ...] = ()

    @property
    def is_mail(self) -> bool:
        """True if it makes a mail."""
        return self.way is not Way.PRINT

    @property
    def where(self) -> str:
        """Where it goes, in words."""
        to = ", ".join(each.address for each in self.to)
        if self.way is Way.FILE:
            return f"into {self.file}"
        if self.route:
            return f"to {to} by {self.route.scheme}://{self.route.server}"
        return f"to {to} by {self.command[0]}" if self.command else ""


def delivery(
    environment: Mapping[str, str],
    *,
    to: Sequence[str] = (),
    out: Path | None = None,
    by_server: bool = False,
    by_program: bool = False,
) -> Delivery:
    """The delivery that the options, the environment and the user's config.yaml ask for.

    Raises:
        RequestError: two ways at once, nobody to send it to, no folder for *out*, or a way that
            needs what is set nowhere.
        RefusedError: the file *out* is there already.
    """
    way = _way(out, by_server=by_server, by_program=by_program)
    if way is Way.PRINT:
        if to:
            hint = "--send, --sendmail or --out FILE makes a mail"
            raise RequestError("--to is about a mail, and nothing says to make one", hint=hint)
        return Delivery(way)
    settings = mail_settings(environment)
    people = _recipients(to, settings, environment)
    found = Delivery(way, settings, people, _sender(settings) or people[0])
    if way is Way.FILE and out is not None:
        return replace(found, file=_free(out))
    if way is Way.SERVER:
        return replace(found, route=_route(settings, environment))
    from leadctl.exchange.sendmail import sendmail_command

    return replace(found, command=sendmail_command(settings.sendmail))


def deliver(mail: bytes, by: Delivery) -> None:
    """Let *mail*, whose lines end with CR LF, go.

    Raises:
        MailError: it could not be handed over, or not for everybody.
        FileError: it could not be written.
    """
    if by.way is Way.FILE:
        from leadctl.store.files import create

        create(by.file, mail)
    elif by.route:
        _send(mail, by, by.route)
    else:
        from leadctl.exchange.sendmail import send_by_program

        send_by_program(mail, by.command)


def _send(mail: bytes, by: Delivery, route: Route) -> None:
    from leadctl.exchange.smtp import send_by_server

    if route.user and not route.password and by.settings:
        route = replace(route, password=_password(by.settings, route.user))
    to = [each.address for each in by.to]
    sender = by.sender.address if by.sender else ""
    refused = send_by_server(mail, route, sender=sender, to=to)
    if refused:
        raise PartlyTakenError(f"the mail server did not take the mail for {', '.join(refused)}")


def _password(settings: MailSettings, user: str) -> str:
    from leadctl.exchange.passwords import password_by_command, password_by_keyring

    if settings.password_command:
        return password_by_command(settings.password_command)
    if settings.keyring:
        return password_by_keyring(settings.keyring, user)
    hint = "set `password_command:` or `keyring: yes` under `mail:` in config.yaml"
    raise RequestError(f'there is no password for the login of "{user}"', hint=hint)


def _way(out: Path | None, *, by_server: bool, by_program: bool) -> Way:
    asked = [
        way
        for way, is_asked in (
            (Way.FILE, out is not None),
            (Way.SERVER, by_server),
            (Way.PROGRAM, by_program),
        )
        if is_asked
    ]
    if len(asked) > 1:
        raise RequestError("--out, --send and --sendmail exclude each other", hint="choose one")
    return asked[0] if asked else Way.PRINT


def _recipients(
    to: Sequence[str], settings: MailSettings, environment: Mapping[str, str]
) -> tuple[Mailbox, ...]:
    from leadctl.exchange.digest_mail import mailbox

    if to:
        return tuple(mailbox(each, name="--to") for each in to)
    if settings.to:
        return tuple(mailbox(each, name="to") for each in settings.to)
    hint = f"--to ADDRESS, or `to:` under `mail:` in {_config(environment)}"
    raise RequestError("nobody is named to send the mail to", hint=hint)


def _sender(settings: MailSettings) -> Mailbox | None:
    from leadctl.exchange.digest_mail import mailbox

    return mailbox(settings.sender, name="from") if settings.sender else None


def _route(settings: MailSettings, environment: Mapping[str, str]) -> Route:
    from leadctl.messages.mail_routes import parse_route

    set_here = environment.get(SMTP_URL, "")
    if not set_here and not settings.smtp:
        where = f"`smtp:` under `mail:` in {_config(environment)}"
        hint = f"set {where}, or {SMTP_URL}, such as smtps://marta@mail.example.com; or --sendmail"
        raise RequestError("no mail server is named", hint=hint)
    route = parse_route(set_here or settings.smtp, name=SMTP_URL if set_here else "smtp")
    ca_file = str(Path(settings.ca_file).expanduser()) if settings.ca_file else ""
    return replace(route, ca_file=ca_file)


def _config(environment: Mapping[str, str]) -> str:
    return str(config_path(environment) or "~/.config/leadctl/config.yaml")


def _free(out: Path) -> Path:
    if out.exists() or out.is_symlink():
        raise RefusedError(f"{out} is there already", hint="name another file, or move it away")
    if not out.parent.is_dir():
        raise RequestError(f"there is no folder {out.parent}", hint="name one that is there")
    return out

"""What the user's own config.yaml says about mail: from whom, to whom, and by which way.

Flows in: the located value of `mail:`. Flows out: settings, and every mistake with its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadctl.located import Node, Scalar
from leadctl.matching import fold
from leadctl.problems import Problem
from leadctl.settings import FLAGS, Reading, plain

#: The keys that may stand under `mail:`.
MAIL_KEYS = ("from", "to", "smtp", "password_command", "keyring", "ca_file", "sendmail")
#: What a password is filed under in a keyring if the user names nothing else.
_SERVICE = "leadctl"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail is sent unless a command says otherwise; what is not set is empty."""

    sender: str = ""
    to: tuple[str, ...] = ()
    #: The URL of a mail server.
    smtp: str = ""
    #: What a shell runs to print the password.
    password_command: str = ""
    #: What the password is filed under in the keyring of the system.
    keyring: str = ""
    #: Who vouches for the server, instead of those whom the system trusts.
    ca_file: str = ""
    #: The command that takes a mail on its standard input.
    sendmail: str = ""

    @property
    def runs_something(self) -> bool:
        """True if they name a command, so that whoever can change them can run one."""
        return bool(self.password_command or self.sendmail)


def read_mail_settings(node: Node | None) -> tuple[MailSettings, list[Problem]]:
    """The settings that *node*, the value of `mail:`, holds, and the mistakes in it."""
    reading = Reading("config")
    found = reading.settings(node, "mail", MAIL_KEYS) or {}

    def text(key: str) -> str:
        given = reading.text(found.get(key), key)
        return given.text if given else ""

    settings = MailSettings(
        sender=text("from"),
        to=_addresses(reading, found.get("to")),
        smtp=text("smtp"),
        password_command=text("password_command"),
        keyring=_service(text("keyring")),
        ca_file=text("ca_file"),
        sendmail=text("sendmail"),
    )
    return settings, reading.problems


def _addresses(reading: Reading, node: Node | None) -> tuple[str, ...]:
    """One address as it is, or a list of them."""
    if isinstance(node, Scalar):
        given = reading.text(node, "to")
        return (given.text,) if given else ()
    return plain(reading.texts(node, "to"))


def _service(text: str) -> str:
    """Under which name the keyring is asked: yes and no are no names."""
    said = FLAGS.get(fold(text))
    if said is None:
        return text
    return _SERVICE if said else ""

"""Sending a mail through a mail server: certificates are verified, and waiting has an end."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from leadctl.errors import MailError, RequestError
from leadctl.messages.mail_routes import Route

_OTHER_WAY = (
    "smtps:// is TLS from the start, mostly port 465; smtp+starttls:// turns to it, mostly port 587"
)


class _Server(smtplib.SMTP):
    """A connection that is closed as well if the server does not greet us."""

    def connect(
        self,
        host: str = "localhost",
        port: int = 0,
        source_address: Any = None,
    ) -> tuple[int, bytes]:
        try:
            return super().connect(host, port, source_address)
        except BaseException:
            self.close()
            raise


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same, with TLS from the start."""


def send_by_server(mail: bytes, route: Route, *, sender: str, to: Sequence[str]) -> tuple[str, ...]:
    """Hand *mail* over to the server of *route*; those of *to* whom it did not take.

    Its lines end with CR LF.

    Raises:
        MailError: the server took it for nobody, cannot be reached, is not whom it says it is,
            refused the login, or kept us waiting for too long.
        RequestError: the file of certificates cannot be used.
    """
    with _in_words(route), _connected(route) as server:
        if route.user:
            server.login(route.user, route.password)
        return tuple(server.sendmail(sender, list(to), mail))


@contextmanager
def _connected(route: Route) -> Iterator[smtplib.SMTP]:
    trusted = _trusted(route) if route.has_tls else None
    if route.scheme == "smtps":
        server: _Server = _TlsServer(route.host, route.port, timeout=route.timeout, context=trusted)
    else:
        server = _Server(route.host, route.port, timeout=route.timeout)
    try:
        if route.scheme == "smtp+starttls":
            server.starttls(context=trusted)
        yield server
    finally:
        _take_leave(server)


def _take_leave(server: smtplib.SMTP) -> None:
    # What goes wrong now does not matter: the mail has been accepted, or has failed.
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _trusted(route: Route) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=route.ca_file or None)
    except OSError as error:
        reason = error.strerror or "it holds no certificate"
        raise RequestError(
            f"ca_file: {route.ca_file} cannot be used: {reason}", hint="name a file in PEM form"
        ) from error


@contextmanager
def _in_words(route: Route) -> Iterator[None]:
    """Say what went wrong as the user reads it."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        # The library hides in its own error that it was waiting in vain.
        is_late = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        told = f"did not answer for {route.timeout:g} seconds" if is_late else _told(error, route)
        raise MailError(f"the mail server {route.server} {told}", hint=_hint(error)) from error


def _told(error: Exception, route: Route) -> str:
    """What the server did, or did not do."""
    match error:
        case smtplib.SMTPAuthenticationError():
            text = f"refused the login of {route.user}: {_said(error)}"
        case smtplib.SMTPRecipientsRefused():
            text = f"did not take the mail for {_refused(error)}"
        case smtplib.SMTPResponseException():
            text = f"did not take the mail: {_said(error)}"
        case smtplib.SMTPServerDisconnected():
            text = f"ended the connection: {error}"
        case smtplib.SMTPException():
            text = f"cannot do what is needed: {error}"
        case ssl.SSLCertVerificationError():
            text = f"cannot prove who it is: {error.verify_message}"
        case ssl.SSLError():
            text = f"does not speak TLS as expected: {error.reason or error}"
        case UnicodeError():
            text = "takes no other characters than ASCII in user and password"
        case OSError():
            text = f"cannot be reached: {error.strerror or error}"
        case _:
            text = str(error)
    return text


def _hint(error: Exception) -> str:
    match error:
        case smtplib.SMTPAuthenticationError() | UnicodeError():
            return "look at the user in the URL and at the password; some want one for each program"
        case smtplib.SMTPRecipientsRefused() | smtplib.SMTPResponseException():
            return ""
        case ssl.SSLCertVerificationError():
            return (
                "if the server is yours, name the file of its authority: `ca_file:` under `mail:`"
            )
        case smtplib.SMTPException() | ssl.SSLError():
            return _OTHER_WAY
    return "look at its name and port, and at the network"


def _refused(error: smtplib.SMTPRecipientsRefused) -> str:
    return "; ".join(
        f"{who} ({code} {_text(text)})" for who, (code, text) in error.recipients.items()
    )


def _said(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_text(error.smtp_error)}"


def _text(answer: bytes | str) -> str:
    return " ".join(
        (answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer).split()
    )

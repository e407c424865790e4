"""The way to a mail server: a URL such as `smtps://marta@mail.example.com` → a `Route`."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from leadctl.dates import quoted
from leadctl.errors import RequestError

#: What a URL may begin with → the port, unless it names one.
SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_HINT = "write it like smtps://marta@mail.example.com or smtp+starttls://marta@mail.example.com:587"


@dataclass(frozen=True, slots=True)
class Route:
    """A mail server, and who logs in there."""

    #: smtp: without TLS; smtp+starttls: with TLS from the second line on; smtps: from the first.
    scheme: str
    host: str
    port: int
    #: Empty: without a login.
    user: str = ""
    password: str = field(default="", repr=False)
    #: Who vouches for the certificate of the server; empty: those whom the system trusts.
    ca_file: str = ""
    #: How long the server may keep us waiting each time, in seconds.
    timeout: float = 30.0

    @property
    def has_tls(self) -> bool:
        """True if nobody on the way can read what is sent."""
        return self.scheme != "smtp"

    @property
    def is_loopback(self) -> bool:
        """True if the server runs on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    @property
    def server(self) -> str:
        """How the server is called in messages: host and port, never a password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_route(url: str, *, name: str) -> Route:
    """The route that *url* means; *name* is the setting that it comes from.

    Raises:
        RequestError: it is no such URL, or would send a login without TLS through a network. The
            message does not hold the URL, as there may be a password in it.
    """
    parts, port = _split(url, name)
    if parts.scheme not in SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise RequestError(f"{name} is to begin with one of {known}", hint=_HINT)
    if not parts.hostname:
        raise RequestError(f"{name} names no mail server", hint=_HINT)
    if parts.path.strip("/") or parts.query or parts.fragment:
        extra = "in a password write %2F for /, %3F for ? and %23 for #"
        raise RequestError(f"{name} is to end with the server", hint=f"{_HINT}; {extra}")
    route = Route(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or SCHEMES[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
    _require_tls(route, name)
    return route


def _split(url: str, name: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url.strip())
        return parts, parts.port
    except ValueError as error:
        # The message of the library quotes what may be a part of the password.
        raise RequestError(f"{name} is no URL of a mail server", hint=_HINT) from error


def _require_tls(route: Route, name: str) -> None:
    if route.user and not route.has_tls and not route.is_loopback:
        message = f"{name} would send a password to {quoted(route.host)} for everybody to read"
        hint = "begin with smtps:// or smtp+starttls://, or leave the user out"
        raise RequestError(message, hint=hint)

"""URLs of mail servers: what they mean, and which must not be used."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.messages.mail_routes import Route, parse_route


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("smtps://mail.example.com", Route("smtps", "mail.example.com", 465)),
        ("smtp+starttls://mail.example.com", Route("smtp+starttls", "mail.example.com", 587)),
        ("smtp://relay.example.com", Route("smtp", "relay.example.com", 25)),
        ("smtps://m%40x.org:a%2Fb@h:99/", Route("smtps", "h", 99, "m@x.org", "a/b")),
        ("smtps://m@x.org@h", Route("smtps", "h", 465, "m@x.org")),
        ("smtp://marta:x@127.0.0.1:2525", Route("smtp", "127.0.0.1", 2525, "marta", "x")),
        ("smtp://marta:x@[::1]", Route("smtp", "::1", 25, "marta", "x")),
        ("smtp://marta:x@localhost", Route("smtp", "localhost", 25, "marta", "x")),
    ],
)
def test_a_url_says_server_port_and_login(url: str, route: Route) -> None:
    assert parse_route(url, name="smtp") == route


@pytest.mark.parametrize(
    "url",
    [
        *("", "mail.example.com", "http://h", "smtps://", "smtps://h:x", "smtps://h:99999"),
        *("smtps://u:se/cret@h", "smtps://h?u=secret", "smtps://[h", "smtp://u:secret@a.example"),
    ],
)
def test_other_urls_are_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(RequestError) as told:
        parse_route(url, name="LEADCTL_SMTP_URL")

    assert "LEADCTL_SMTP_URL" in told.value.message
    assert "secret" not in told.value.message + told.value.hint
    assert "cret" not in told.value.message


def test_a_login_without_tls_stays_on_this_machine() -> None:
    with pytest.raises(RequestError, match=r'a password to "127\.example\.com"'):
        parse_route("smtp://marta@127.example.com", name="smtp")


def test_a_route_does_not_show_its_password() -> None:
    assert "secret" not in repr(parse_route("smtps://marta:secret@h", name="smtp"))

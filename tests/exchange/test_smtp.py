"""Mail servers of every kind: those that take a mail, and those that must not get it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadctl.errors import ExitCode, MailError, RequestError
from leadctl.exchange.digest_mail import digest_mail, mailbox
from leadctl.exchange.smtp import send_by_server
from leadctl.messages.mail_routes import Route
from tests.mail_servers import PASSWORD, USER, Authority, free_port, running, silent

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def mail() -> bytes:
    to = mailbox("Zoë Ünal <zoe@example.com>", name="--to")
    text = "Liebe Zoë\n.\nFrom me\n"
    return digest_mail([to], to, subject="Grüße", text=text, html="<p>x\n", at=AT)


def send(route: Route, *, to: tuple[str, ...] = ("zoe@example.com",)) -> tuple[str, ...]:
    return send_by_server(mail(), route, sender="marta@example.com", to=to)


def route(port: int, scheme: str = "smtp", **more: object) -> Route:
    return Route(scheme=scheme, host="localhost", port=port, timeout=10.0, **more)  # type: ignore[arg-type]


def test_a_server_without_tls_gets_the_mail_as_it_was_written() -> None:
    with running() as server:
        refused = send(route(server.port))

    (got,) = server.box.mails
    assert refused == ()
    assert got["To"] == "Zoë Ünal <zoe@example.com>"
    assert got["Subject"] == "Grüße"
    plain = got.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == "Liebe Zoë\n.\nFrom me\n"


def test_starttls_is_used_and_the_login_comes_after_it(authority: Authority) -> None:
    with running(starttls=authority.context(), wants_login=True) as server:
        send(
            route(
                server.port,
                "smtp+starttls",
                user=USER,
                password=PASSWORD,
                ca_file=str(authority.file),
            )
        )

    assert len(server.box.mails) == 1


def test_tls_from_the_start(authority: Authority) -> None:
    with running(tls=authority.context()) as server:
        send(route(server.port, "smtps", ca_file=str(authority.file)))

    assert len(server.box.mails) == 1


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_server_that_nobody_vouches_for_gets_nothing(authority: Authority, scheme: str) -> None:
    context = authority.context()
    tls, starttls = (context, None) if scheme == "smtps" else (None, context)
    with (
        running(tls=tls, starttls=starttls) as server,
        pytest.raises(MailError, match="cannot prove who it is"),
    ):
        send(route(server.port, scheme))

    assert server.box.mails == []


def test_a_certificate_for_another_name_is_none(authority: Authority) -> None:
    context = authority.context("mail.example.com")
    with running(tls=context) as server, pytest.raises(MailError, match="cannot prove who it is"):
        send(route(server.port, "smtps", ca_file=str(authority.file)))

    assert server.box.mails == []


def test_a_server_without_starttls_gets_nothing(authority: Authority) -> None:
    with running() as server, pytest.raises(MailError, match="STARTTLS"):
        send(route(server.port, "smtp+starttls", user=USER, password=PASSWORD))

    assert server.box.mails == []


def test_a_login_may_go_to_this_machine_without_tls() -> None:
    with running(wants_login=True) as server:
        send(route(server.port, user=USER, password=PASSWORD))

    assert len(server.box.mails) == 1


def test_a_refused_login_is_told_without_the_password() -> None:
    with running(wants_login=True) as server, pytest.raises(MailError) as told:
        send(route(server.port, user=USER, password="wrong horse"))

    assert told.value.exit_code == ExitCode.IO
    assert f"localhost:{server.port} refused the login of marta: 535" in told.value.message
    assert "horse" not in told.value.message + told.value.hint


def test_a_password_that_the_protocol_cannot_carry_is_told() -> None:
    with (
        running(wants_login=True) as server,
        pytest.raises(MailError, match="takes no other characters than ASCII"),
    ):
        send(route(server.port, user=USER, password="Grüße"))


def test_those_whom_a_server_does_not_take_are_named() -> None:
    with running(refuses=("old@example.com",)) as server:
        refused = send(route(server.port), to=("zoe@example.com", "old@example.com"))

    assert refused == ("old@example.com",)
    assert server.box.recipients == ["zoe@example.com"]


def test_a_server_that_takes_it_for_nobody_is_an_error() -> None:
    with (
        running(refuses=("zoe@example.com",)) as server,
        pytest.raises(MailError, match=r"for zoe@example.com \(550 no such user here\)"),
    ):
        send(route(server.port))


def test_a_server_that_is_gone_is_told() -> None:
    with pytest.raises(MailError, match="cannot be reached: Connection refused"):
        send(route(free_port()))


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(MailError, match=r"mail\.invalid:25 cannot be reached"):
        send(Route("smtp", "mail.invalid", 25, timeout=10.0))


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+starttls"])
def test_a_server_that_says_nothing_is_not_waited_for(scheme: str) -> None:
    with silent() as port, pytest.raises(MailError, match=r"did not answer for 0\.3 seconds"):
        send(Route(scheme, "127.0.0.1", port, timeout=0.3))


def test_tls_from_the_start_with_a_server_that_has_none_is_told() -> None:
    with running() as server, pytest.raises(MailError, match="does not speak TLS as expected"):
        send(route(server.port, "smtps"))


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_of_authorities_that_is_none_is_told(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text, encoding="ascii")

    with pytest.raises(RequestError, match=r"ca_file: .*ca\.pem cannot be used"):
        send(route(free_port(), "smtps", ca_file=str(file)))

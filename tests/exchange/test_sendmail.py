"""Programs that take a mail on standard input."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadctl.errors import ExitCode, MailError, RequestError
from leadctl.exchange import sendmail
from leadctl.exchange.digest_mail import digest_mail, mailbox
from leadctl.exchange.sendmail import send_by_program, sendmail_command

TAKES = '#!/bin/sh\necho "$@" > "$(dirname "$0")/words"\ncat > "$(dirname "$0")/mail"\n'


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that alone is searched for programs, before those that sh needs."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="ascii")
    path.chmod(0o700)
    return path


def mail() -> bytes:
    to = mailbox("Zoë <zoe@example.com>", name="--to")
    at = datetime(2026, 11, 22, tzinfo=UTC)
    text = "Grüße\n.\nEnde\n"
    return digest_mail([to], to, subject="x", text=text, html="<p>x\n", at=at)


def test_sendmail_reads_whom_to_write_to_from_the_mail(programs: Path) -> None:
    script(programs, "sendmail", TAKES)

    send_by_program(mail(), sendmail_command(""))

    taken = (programs / "mail").read_bytes()
    assert (programs / "words").read_text() == "-t -oi\n"
    assert b"To: =?utf-8?q?Zo=C3=AB?= <zoe@example.com>\n" in taken
    assert b"\n.\nEnde\n" in taken
    assert b"\r" not in taken


def test_the_user_may_name_another_program_with_its_options(programs: Path) -> None:
    named = script(programs, "my-mailer", TAKES)

    assert sendmail_command("my-mailer -a 'two words'") == (str(named), "-a", "two words")


@pytest.mark.parametrize("wanted", ["no-such-mailer -t", "'open"])
def test_a_program_that_cannot_be_meant_is_told(programs: Path, wanted: str) -> None:
    with pytest.raises(RequestError, match="sendmail: "):
        sendmail_command(wanted)


def test_a_machine_without_any_is_told(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(sendmail, "_PLACES", ("sendmail", str(programs / "sendmail")))

    with pytest.raises(RequestError, match="there is no sendmail on this machine"):
        sendmail_command("")


def test_a_program_that_fails_is_told_with_its_last_word(programs: Path) -> None:
    script(programs, "sendmail", "#!/bin/sh\necho first >&2\necho 'queue is full' >&2\nexit 75\n")

    with pytest.raises(MailError, match="sendmail ended with 75: queue is full") as told:
        send_by_program(mail(), sendmail_command(""))

    assert told.value.exit_code == ExitCode.IO


def test_a_program_that_hangs_is_ended(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(programs, "sendmail", "#!/bin/sh\nexec sleep 30\n")
    monkeypatch.setattr(sendmail, "TIMEOUT", 0.2)

    with pytest.raises(MailError, match="was not done after"):
        send_by_program(mail(), sendmail_command(""))


def test_a_program_that_does_not_read_is_no_mail_that_was_sent(programs: Path) -> None:
    script(programs, "sendmail", "#!/bin/sh\nexit 1\n")

    with pytest.raises(MailError, match=r"sendmail ended with 1$"):
        send_by_program(mail(), sendmail_command(""))

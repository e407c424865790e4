"""`remind`: the digest of the day, printed, written or sent."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.reminders import ADA, CAME_LATER, CONTACTS, add, nothing, own_config, read
from tests.commands import PROGRAM, NewBook, Outcome, Run
from tests.mail_servers import PASSWORD, USER, free_port, running

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.fixture
def configure(private: Path) -> Path:
    return own_config(private)


def test_the_digest_is_printed_and_do_not_contact_is_never_in_it(run: Run) -> None:
    done = run("remind", "status:New")

    assert done == Outcome(0, ADA)


def test_nobody_due_prints_nothing(run: Run) -> None:
    assert run("remind", "id:cleo") == nothing()
    assert run("remind", "id:cleo", "--once-per-day") == nothing()


def test_those_left_out_are_seen_with_the_same_words(run: Run, book: Path) -> None:
    with (book / "contacts.yaml").open("a", encoding="utf-8") as file:
        file.write(CAME_LATER)

    out = run("remind", "status:New", "-tag:buyer", "--ahead", "5 days", "--limit", "1").out

    (more,) = (line for line in out.splitlines() if "more:" in line)
    command = more.partition(": leadctl ")[2]
    assert more.startswith("  … 1 more: leadctl prospects --ahead '5 days'")
    assert run(*shlex.split(command), "-f", "ids").out.split() == ["dora", "ada"]


def test_a_program_reads_it_as_json(run: Run) -> None:
    data = json.loads(run("remind", "--json").out)

    assert [(each["section"], each["contacts"][0]["id"]) for each in data["sections"]] == [
        ("new_leads", "ada"),
        ("overdue", "bela"),
    ]
    assert json.loads(run("remind", "id:cleo", "--json").out)["sections"] == []


def test_a_mail_is_written_into_a_new_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "digest.eml"

    done = run("remind", "--to", "Märta <m@example.com>", "--out", file)

    mail = read(file)
    assert done == nothing()
    assert mail["To"] == mail["From"] == "Märta <m@example.com>"
    assert mail["Subject"] == "2 to contact on Sun 22 Nov: 1 new lead, 1 overdue"
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "Béla Bartók (bela) · Engage" in plain.get_content()
    assert "Béla Bartók" in html.get_content()


def test_a_file_that_is_there_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="ascii")

    done = run("remind", "--to", "m@example.com", "--out", file)

    assert (done.code, file.read_text("ascii")) == (7, "mine")


def test_a_mail_for_a_folder_that_is_not_there_is_not_written_elsewhere(
    run: Run, tmp_path: Path
) -> None:
    done = run("remind", "--to", "m@example.com", "--out", tmp_path / "typo" / "digest.eml")

    assert done.code == 2
    assert not (tmp_path / "typo").exists()


def test_a_record_that_cannot_be_read_is_told_in_the_mail_too(
    run: Run, book: Path, tmp_path: Path
) -> None:
    with (book / "contacts.yaml").open("a", encoding="utf-8") as contacts:
        contacts.write("- {id: zoe, status: New}\n")
    file = tmp_path / "digest.eml"

    done = run("remind", "--to", "m@example.com", "--out", file)

    plain = read(file).get_body(("plain",))
    assert plain is not None
    assert "1 record could not be read: leadctl check" in plain.get_content()
    assert "contacts.yaml:" in done.err


def test_a_mail_goes_where_config_yaml_says(run: Run, configure: Path) -> None:
    add(configure, f"password_command: echo '{PASSWORD}'")
    add(configure, "from: leadctl <crm@example.com>")
    with running(wants_login=True) as server:
        add(configure, f"smtp: smtp://{USER}@localhost:{server.port}")
        done = run("remind", "--send")

    (mail,) = server.box.mails
    assert done == nothing()
    assert (mail["From"], mail["To"]) == ("leadctl <crm@example.com>", "marta@example.com")


def test_the_environment_may_name_the_server(
    run: Run, configure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as server:
        monkeypatch.setenv("LEADCTL_SMTP_URL", f"smtp://localhost:{server.port}")
        done = run("remind", "--send", "--to", "a@example.com", "--to", "b@example.com")

    assert done == nothing()
    assert server.box.recipients == ["a@example.com", "b@example.com"]


def test_a_trial_shows_what_would_be_sent_and_sends_nothing(
    run: Run, configure: Path, private: Path
) -> None:
    add(configure, f"smtp: smtp://localhost:{free_port()}")

    done = run("remind", "--send", "-n", "--once-per-day", "status:New")

    assert done.code == 0
    assert done.out.startswith("would be sent to marta@example.com by smtp://localhost:")
    assert "Subject: 1 to contact on Sun 22 Nov: 1 new lead\n" in done.out
    assert done.out.endswith(ADA)
    assert not (private / "state").exists()


def test_a_trial_says_that_it_was_sent_today(run: Run) -> None:
    run("remind", "--once-per-day")

    done = run("remind", "--once-per-day", "-n")

    assert done == Outcome(0, "", "leadctl: the digest of today was sent already\n")


def test_sendmail_is_found_where_cron_does_not_look(
    run: Run, configure: Path, tmp_path: Path
) -> None:
    script = tmp_path / "mailer"
    script.write_text(f"#!/bin/sh\ncat > {tmp_path}/mail\n", encoding="utf-8")
    script.chmod(0o700)
    add(configure, f"sendmail: {script} -t")

    assert run("remind", "--sendmail") == nothing()
    assert read(tmp_path / "mail")["To"] == "marta@example.com"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--send", "--sendmail"], "exclude each other"),
        (["--to", "m@example.com"], "nothing says to make one"),
        (["--send"], "nobody is named to send the mail to"),
        (["--send", "--to", "m@example.com"], "no mail server is named"),
        (["--out", "x.eml", "--to", "m"], '--to: "m" is no e-mail address'),
        (["--once-per-day", "--as-of", "fri"], "--once-per-day is about today"),
        (["--ahead", "soon"], "--ahead: "),
        (["status:Nw"], 'no status named "Nw"'),
    ],
)
def test_what_cannot_be_meant_is_told(run: Run, words: list[str], told: str) -> None:
    done = run("remind", *words)

    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_mistake_in_config_yaml_is_told_with_its_place(run: Run, configure: Path) -> None:
    add(configure, "smpt: smtps://mail.example.com")

    done = run("remind", "--send")

    assert done.code == 3
    assert 'config.yaml:3:3: error: unknown key "smpt" in mail' in done.err
    assert 'did you mean "smtp"' in done.err


@pytest.mark.parametrize(
    ("line", "mode", "code"),
    [
        ("smtp: smtps://m:secret@127.0.0.1:1", 0o640, 7),
        ("smtp: smtps://m:secret@127.0.0.1:1", 0o600, 6),
        ("smtp: smtps://127.0.0.1:1", 0o644, 6),
        ("sendmail: 'false'", 0o664, 7),
    ],
)
def test_a_config_that_others_can_read_may_hold_no_password_nor_be_theirs_to_change(
    run: Run, configure: Path, line: str, mode: int, code: int
) -> None:
    add(configure, line)
    configure.chmod(mode)

    done = run("remind", "--send")

    assert done.code == code
    assert "secret" not in done.err


def test_a_login_needs_a_password(run: Run, configure: Path) -> None:
    add(configure, f"smtp: smtps://marta@localhost:{free_port()}")

    done = run("remind", "--send")

    assert done.code == 2
    assert 'there is no password for the login of "marta"' in done.err


def test_the_installed_program_needs_no_more_than_a_home(private: Path, book: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "-i", f"HOME={private}", PROGRAM, "-b", book, "remind", "--once-per-day"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        cwd="/",
        timeout=60,
    )

    assert "Béla Bartók" in done.stdout.decode()
    assert done.stderr == b""
    assert len(list((private / ".local/state/leadctl").glob("book-*.json"))) == 1

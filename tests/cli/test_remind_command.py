"""`remind`: the digest of the day, printed, written or sent, and once a day."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Outcome, Run, surroundings, tree
from tests.mail_servers import PASSWORD, USER, free_port, running

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

CONTACTS = """\
- {id: ada, name: Ada Lovelace, status: New, created: 2026-11-18, phone: 604-555-0102}
- {id: bela, name: Béla Bartók, status: Engage, created: 2026-10-01, last_touch: 2026-11-14,
   phone: 604-555-0103, tags: [buyer]}
- {id: cleo, name: Cleo, status: New, created: 2026-11-01, do_not_contact: yes}
"""
CAME_LATER = "- {id: dora, name: Dora, status: New, created: 2026-11-21, phone: 604-555-0104}\n"
ADA = """\
1 to contact on Sunday, 22 November 2026

New leads, never contacted (1)
  Ada Lovelace (ada) · New
      no touch yet, 4 days overdue
      next: call 604-555-0102

When it is done: leadctl touch ID -m NOTE
"""


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.fixture
def configure(private: Path) -> Path:
    """The user's own config.yaml, which names one address."""
    path = private / "config" / "leadctl" / "config.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mail:\n  to: marta@example.com\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def add(config: Path, line: str) -> None:
    config.write_text(f"{config.read_text('utf-8')}  {line}\n", encoding="utf-8")


SetDay = Callable[[str], None]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> SetDay:
    """Lets it be another day."""
    return lambda text: monkeypatch.setenv("LEADCTL_TODAY", text)


def read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def nothing(code: int = 0) -> Outcome:
    return Outcome(code, "")


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


def test_it_is_sent_once_per_day_and_marks_who_has_come_since(
    run: Run, book: Path, day: SetDay
) -> None:
    day("2026-11-20")
    first = run("remind", "--once-per-day")
    second = run("remind", "--once-per-day")
    with (book / "contacts.yaml").open("a", encoding="utf-8") as file:
        file.write(CAME_LATER)
    day("2026-11-23")
    third = run("remind", "--once-per-day")

    assert "1 to contact on Friday" in first.out
    assert second == nothing()
    assert "Not sent since Friday, 20 November.\n" in third.out
    assert "Ada Lovelace (ada) · New\n" in third.out
    assert "Dora (dora) · New · new since Friday\n" in third.out


def test_without_being_asked_for_once_it_is_printed_each_time_and_nothing_is_noted(
    run: Run, private: Path
) -> None:
    assert run("remind") == run("remind")
    assert not (private / "state").exists()


def test_digests_for_others_or_by_another_way_are_digests_of_their_own(
    run: Run, tmp_path: Path
) -> None:
    assert run("remind", "--once-per-day", "status:New").out == ADA
    assert "bela" in run("remind", "--once-per-day", "status:Engage").out
    to = ("--to", "m@example.com", "--out", tmp_path / "a.eml")
    assert run("remind", "--once-per-day", "status:New", *to) == nothing()
    assert (tmp_path / "a.eml").exists()


def test_an_empty_day_is_no_missed_day(run: Run, day: SetDay) -> None:
    for text in ("2026-11-15", "2026-11-16", "2026-11-17"):
        day(text)
        assert run("remind", "--once-per-day") == nothing()
    day("2026-11-18")
    done = run("remind", "--once-per-day")

    assert "Ada Lovelace (ada) · New · new since Tuesday\n" in done.out
    assert "Not sent since" not in done.out


def test_a_day_that_was_empty_in_the_morning_is_told_of_later(run: Run, book: Path) -> None:
    before = run("remind", "--once-per-day", "name:Dora")
    with (book / "contacts.yaml").open("a", encoding="utf-8") as file:
        file.write(CAME_LATER)
    after = run("remind", "--once-per-day", "name:Dora")

    assert before == nothing()
    assert "Dora (dora)" in after.out


def test_what_failed_is_tried_again_by_the_next_run(run: Run, configure: Path) -> None:
    port = free_port()
    add(configure, f"smtp: smtp://localhost:{port}")
    failed = run("remind", "--send", "--once-per-day")
    with running() as server:
        add(configure, f"ca_file: /none/{server.port}")
        text = configure.read_text("utf-8").replace(f":{port}", f":{server.port}")
        configure.write_text(text, encoding="utf-8")
        done = [run("remind", "--send", "--once-per-day") for _ in range(2)]

    assert failed.code == 6
    assert f"the mail server localhost:{port} cannot be reached: Connection refused" in failed.err
    assert done == [nothing(), nothing()]
    assert len(server.box.mails) == 1


def test_those_who_have_it_do_not_get_it_twice_because_others_were_refused(
    run: Run, configure: Path
) -> None:
    to = ("--to", "marta@example.com", "--to", "old@example.com")
    with running(refuses=("old@example.com",)) as server:
        add(configure, f"smtp: smtp://localhost:{server.port}")
        first = run("remind", "--send", "--once-per-day", *to)
        second = run("remind", "--send", "--once-per-day", *to)

    assert first.code == 6
    assert "did not take the mail for old@example.com" in first.err
    assert second == nothing()
    assert len(server.box.mails) == 1


def test_two_at_the_same_moment_send_one(private: Path, configure: Path, book: Path) -> None:
    with running() as server:
        add(configure, f"smtp: smtp://localhost:{server.port}")
        words = [str(PROGRAM), "remind", "--send", "--once-per-day"]
        started = [subprocess.Popen(words, cwd=book, env=surroundings(private)) for _ in range(4)]
        codes = [each.wait(60) for each in started]

    assert codes == [0, 0, 0, 0]
    assert len(server.box.mails) == 1


def test_an_output_that_nobody_takes_was_not_sent(private: Path, book: Path) -> None:
    words = [str(PROGRAM), "remind", "--once-per-day"]
    with Path("/dev/full").open("w", encoding="ascii") as full:
        lost = subprocess.run(words, cwd=book, env=surroundings(private), stdout=full, check=False)
    after = subprocess.run(
        words, cwd=book, env=surroundings(private), capture_output=True, check=True
    )

    assert lost.returncode == 6
    assert b"Ada Lovelace" in after.stdout


def test_a_clock_that_was_ahead_keeps_nothing_from_being_sent(run: Run, day: SetDay) -> None:
    day("2036-01-01")
    run("remind", "--once-per-day")
    day("2026-11-22")
    done = run("remind", "--once-per-day")

    assert "2 to contact on Sunday" in done.out
    assert "new since" not in done.out


def test_without_a_home_there_is_nothing_to_remember_in(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)

    done = run("remind", "--once-per-day")

    assert (done.code, done.out) == (2, "")
    assert "hint: set HOME, or XDG_STATE_HOME" in done.err
    assert run("remind").code == 0


def test_the_book_stays_as_it_is_and_the_state_holds_no_name(
    run: Run, book: Path, private: Path
) -> None:
    before = tree(book)

    run("remind", "--once-per-day", "name:Ada")

    assert tree(book) == before
    assert not any(b"ada" in text.lower() for text in tree(private / "state").values())


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

"""`schedule`: what it prints is run as cron, systemd and launchd run it."""

from __future__ import annotations

import json
import plistlib
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Program, Run

CONTACTS = "- {id: ada, name: Ada Lovelace, status: New, created: 2020-01-01}\n"


@pytest.fixture
def book(new_book: NewBook, tmp_path: Path) -> Path:
    """A book in a folder with a name that a shell, cron and systemd would all take apart."""
    return new_book(CONTACTS).rename(tmp_path / "Marta's 100% $book")


def bare(command: Sequence[str], home: Path) -> str:
    """What *command* prints where there is nothing but a home, as in cron."""
    done = subprocess.run(
        ["/usr/bin/env", "-i", f"HOME={home}", *command],
        capture_output=True,
        check=True,
        cwd="/",
        timeout=60,
    )
    assert done.stderr == b""
    return done.stdout.decode()


def cron_command(text: str) -> str:
    """What cron hands to sh of the one line with an hour in *text*."""
    (line,) = (line for line in text.splitlines() if line.startswith("30 7 * * *"))
    assert not re.search(r"(?<!\\)%", line)
    return line.split(None, 5)[5].replace(r"\%", "%")


def test_the_line_for_cron_prints_the_digest_once_a_day(
    program: Program, book: Path, private: Path
) -> None:
    done = program("schedule", "cron", cwd=book)
    command = ["/bin/sh", "-c", cron_command(done.out)]

    assert (done.code, done.err) == (0, "")
    assert "Ada Lovelace (ada)" in bare(command, private)
    assert bare(command, private) == ""


def test_the_service_of_systemd_runs_the_program_with_the_book(
    program: Program, book: Path, private: Path
) -> None:
    done = program("schedule", "systemd", "--at", "18:05", "--", "--json", cwd=book)
    found = dict(re.findall(r"^(\w+)=(.*)$", done.out, re.MULTILINE))
    words = shlex.split(found["ExecStart"].removeprefix(":").replace("%%", "%"))

    assert json.loads(bare(words, private))["count"] == 1
    assert found["OnCalendar"] == "*-*-* 18:05:00"
    assert "systemd mails nothing of what is printed; add --send or --sendmail" in done.err


def test_the_list_of_launchd_runs_the_program_with_the_book(
    program: Program, book: Path, private: Path
) -> None:
    done = program("schedule", "launchd", "--", "remind", "status:New", "--json", cwd=book)
    data = plistlib.loads(done.out.encode())

    assert json.loads(bare(data["ProgramArguments"], private))["count"] == 1


def test_where_nobody_mails_output_the_digest_is_sent(program: Program, book: Path) -> None:
    for scheduler in ("systemd", "launchd"):
        done = program("schedule", scheduler, cwd=book)

        assert "--send" in done.out
        assert done.err == ""


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_day_is_that_of_the_time_zone_that_was_set(
    program: Program, book: Path, private: Path, zone: str
) -> None:
    done = program("schedule", "cron", "--", "--json", cwd=book, env={"TZ": zone})
    day = json.loads(bare(["/bin/sh", "-c", cron_command(done.out)], private))["day"]
    there = subprocess.run(["date", "+%F"], env={"TZ": zone}, capture_output=True, check=True)

    assert day == there.stdout.decode().strip()


def test_a_password_in_the_environment_is_not_printed_but_told_to_be_missing(
    program: Program, book: Path
) -> None:
    secret = {"LEADCTL_SMTP_URL": "smtps://marta:secret@mail.example.com"}

    done = program("schedule", "cron", "--", "--send", cwd=book, env=secret)

    assert "secret" not in done.out + done.err
    assert "LEADCTL_SMTP_URL is not known to cron" in done.err


def test_two_digests_of_a_book_have_names_of_their_own_and_another_hour_is_none(
    program: Program, book: Path
) -> None:
    def name(*words: str) -> str:
        text = program("schedule", "launchd", *words, cwd=book).out
        return str(plistlib.loads(text.encode())["Label"])

    assert name() == name("--at", "18:00")
    assert name() != name("--", "owner:marta", "--send")
    assert re.fullmatch(r"leadctl-marta-s-100-book-[0-9a-f]{8}", name())


def test_without_a_word_it_is_for_this_machine(program: Program, book: Path) -> None:
    scheduler = "systemd" if Path("/run/systemd/system").is_dir() else "cron"

    assert program("schedule", cwd=book) == program("schedule", scheduler, cwd=book)


def test_nothing_is_installed(program: Program, book: Path, private: Path) -> None:
    for scheduler in ("cron", "systemd", "launchd"):
        program("schedule", scheduler, cwd=book)

    assert list(private.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--at", "7"], '--at: "7" is no time'),
        (["corn"], "'corn' is not one of 'cron', 'systemd', 'launchd'"),
        (["cron", "--", "--sned"], "no such option: --sned"),
        (["cron", "--", "--to"], "option '--to' requires an argument"),
    ],
)
def test_what_would_fail_at_night_is_told_now(
    run: Run, book: Path, words: list[str], told: str
) -> None:
    done = run("--book", book, "schedule", *words)

    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize("name", ["back\\slash", "line\nbreak", "right\u202eleft"])
def test_a_folder_that_cannot_be_written_down_is_refused(
    run: Run, book: Path, tmp_path: Path, name: str
) -> None:
    moved = book.rename(tmp_path / name)

    done = run("--book", moved, "schedule", "cron")

    assert (done.code, done.out) == (2, "")
    assert "rename the folder" in done.err


def test_the_program_is_named_by_its_whole_path(program: Program, book: Path) -> None:
    assert str(PROGRAM) in program("schedule", "cron", cwd=book).out

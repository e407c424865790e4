"""`doctor`: every line where all is well, and where it is not; it writes nothing."""

from __future__ import annotations

import fcntl
import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadctl.cli import doctor_machine as machine
from leadctl.diagnoses import Diagnosis
from tests.commands import PROGRAM, NewBook, Run, tree

ADA = "- id: ada\n  name: Ada Lovelace\n  status: New\n  created: 2026-11-02\n"
EVENT = (
    '{"id": "1m82h1mf48v3ak56", "op": "8f3k22", "at": "%sT09:30:00-08:00", "kind": "noted", '
    '"contact": "ada", "on": "2026-11-02", "note": "secret"}\n'
)


@pytest.fixture
def book(new_book: NewBook) -> Path:
    root = new_book(ADA, EVENT % "2026-11-02")
    for path in root.iterdir():
        path.chmod(0o600)
    return root


def look(run: Run, what: str, *words: str) -> Diagnosis:
    """The line of `doctor` about *what*."""
    found = json.loads(run("doctor", "--json", *words).out)
    data = next(each for each in found if each["what"] == what)
    return Diagnosis(data["state"], data["what"], data["detail"], data["hint"] or "")


def test_a_sound_book_has_nothing_wrong(book: Path, run: Run) -> None:
    said = run("doctor")

    assert said.code == 0
    assert not [line for line in said.out.splitlines() if line.startswith("fail")]


def test_quiet_says_only_what_is_not_well(book: Path, run: Run) -> None:
    said = run("doctor", "-q")

    assert not [line for line in said.out.splitlines() if line.startswith("ok")]
    assert "LEADCTL_TODAY says 2026-11-22" in said.out


def test_a_thing_that_is_wrong_makes_the_exit_code_one(book: Path, run: Run) -> None:
    (book / "stages.yaml").write_text("statuses: [")
    said = run("doctor")

    assert said.code == 1
    assert "wrong" in said.err


def test_without_a_book_it_says_how_to_make_one(run: Run) -> None:
    said = run("doctor")

    assert said.code == 0
    assert "warn  book          there is no book here" in said.out
    assert "leadctl init DIR" in said.out


def test_a_book_that_is_named_and_not_there_is_wrong(run: Run) -> None:
    assert look(run, "book", "--book", "nowhere").state == "fail"


@pytest.mark.parametrize(
    ("how", "said"), [("here", "in this folder"), ("below", "above"), ("named", "by --book")]
)
def test_it_says_how_the_book_was_found(
    book: Path, run: Run, monkeypatch: pytest.MonkeyPatch, how: str, said: str
) -> None:
    (book / "plans").mkdir()
    if how == "below":
        monkeypatch.chdir(book / "plans")
    words = ("--book", str(book)) if how == "named" else ()

    assert said in look(run, "book", *words).detail


def test_the_counts_of_a_book_are_told(book: Path, run: Run) -> None:
    assert look(run, "contents").detail == "1 contacts, 0 follow-ups, 1 events"


def test_nothing_of_a_contact_is_told(book: Path, run: Run) -> None:
    (book / "contacts.yaml").write_text(f"{ADA}  email: ada@example.com\n  phone: [a: b\n")
    said = run("doctor")

    assert said.code == 1
    for word in ("Ada", "Lovelace", "ada@example.com", "secret"):
        assert word not in said.out + said.err


def test_the_home_folder_is_not_told(book: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(book.parent))

    assert look(run, "book").detail.startswith("~/book (yaml)")
    assert str(book.parent) not in run("doctor").out.replace(os.environ["XDG_CACHE_HOME"], "")


def test_it_writes_nothing(book: Path, run: Run) -> None:
    before = tree(book)
    run("doctor")

    assert tree(book) == before


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("stages.yaml", "statuses: 7\n", "stages.yaml"),
        ("contacts.yaml", f"{ADA}- name: nobody\n", "files"),
        ("followups.yaml", "- id: k7m2\n", "files"),
        ("contacts.yaml", "- id: [\n", "files"),
        ("journal.jsonl", "nonsense\nnonsense\n", "files"),
    ],
)
def test_a_broken_file_is_one_line(book: Path, run: Run, name: str, text: str, what: str) -> None:
    assert look(run, what).state == "ok"
    (book / name).write_text(text)
    found = look(run, what)

    assert found.state == "fail"
    assert found.hint in ("leadctl check", "leadctl stages check")


def test_warnings_are_no_failure(book: Path, run: Run) -> None:
    (book / "contacts.yaml").write_text(ADA.replace("New", "NEW"))

    assert look(run, "files") == Diagnosis("warn", "files", "1 warning", "leadctl check")


def test_files_that_others_can_read_are_told(book: Path, run: Run) -> None:
    assert look(run, "permissions").state == "ok"
    book.chmod(0o755)
    (book / "contacts.yaml").chmod(0o644)
    found = look(run, "permissions")

    assert (found.state, found.hint) == ("warn", "leadctl check --fix permissions")


@pytest.fixture
def lock(book: Path) -> Iterator[None]:
    (book / ".leadctl").mkdir(mode=0o700)
    with (book / ".leadctl/lock").open("w") as file:
        file.write('{"pid": 4711, "host": "here", "command": "leadctl import", "since": 0}')
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_a_free_lock_is_well(book: Path, run: Run) -> None:
    run("touch", "ada")

    assert look(run, "lock").detail == "free"


@pytest.mark.usefixtures("lock")
def test_who_holds_the_lock_is_told(run: Run) -> None:
    found = look(run, "lock")

    assert found.state == "warn"
    assert "process 4711 (leadctl import)" in found.detail


def test_an_interrupted_change_is_told(book: Path, run: Run) -> None:
    assert look(run, "interrupted").state == "ok"
    (book / ".leadctl").mkdir(mode=0o700)
    (book / ".leadctl/txn").write_bytes(b"half")

    assert look(run, "interrupted").state == "warn"


def test_files_that_were_put_aside_are_told(book: Path, run: Run) -> None:
    (book / ".leadctl/quarantine").mkdir(parents=True, mode=0o700)
    (book / ".leadctl/quarantine/journal-1.txt").write_text("half")

    assert "1 files were put aside" in look(run, "interrupted").detail


def test_an_event_of_the_future_is_told(book: Path, run: Run) -> None:
    assert look(run, "journal").state == "ok"
    (book / "journal.jsonl").write_text(EVENT % "2027-11-02")
    found = look(run, "journal")

    assert found.state == "warn"
    assert "in the future" in found.detail


def test_a_journal_that_is_gone_is_wrong(book: Path, run: Run) -> None:
    (book / "journal.jsonl").unlink()

    assert look(run, "journal").state == "fail"


def test_the_cache_is_told(book: Path, run: Run) -> None:
    assert look(run, "cache").detail.endswith("not made yet")
    run("list")
    assert look(run, "cache").detail.endswith("brings it up to date") or look(
        run, "cache"
    ).detail.endswith("up to date")
    (book / "contacts.yaml").write_text(ADA.replace("New", "Engage"))

    assert look(run, "cache").detail.endswith("the next command brings it up to date")


def test_without_a_home_there_is_no_cache(
    book: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)

    assert look(run, "cache").state == "warn"
    assert look(run, "config").state == "warn"


def test_git_without_a_way_to_merge_journals_is_told(book: Path, run: Run) -> None:
    assert look(run, "git").state == "ok"
    (book / ".git").mkdir()
    assert look(run, "git").state == "warn"
    (book / ".gitattributes").write_text("journal.jsonl merge=union\n")

    assert look(run, "git").state == "ok"


def test_room_on_the_disk_is_told(book: Path, run: Run) -> None:
    assert "free" in look(run, "disk").detail


def test_versions_are_told(run: Run) -> None:
    assert look(run, "program").detail.startswith("leadctl ")
    assert "typer" in look(run, "packages").detail


class Stream(io.StringIO):
    """An output with an encoding, at which somebody sits."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._said = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._said

    def isatty(self) -> bool:
        return True


def test_an_output_without_accents_is_told() -> None:
    assert machine.encoding(Stream("utf-8"), "utf-8").state == "ok"
    assert machine.encoding(Stream("ascii"), "utf-8").hint == "export LC_ALL=C.UTF-8"
    assert machine.encoding(Stream("utf-8"), "ascii").state == "warn"


def test_a_narrow_terminal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert machine.terminal(Stream("utf-8"), {"TERM": "xterm"}).detail.endswith("with colour")
    assert machine.terminal(Stream("utf-8"), {"TERM": "dumb"}).detail.endswith("without colour")
    monkeypatch.setenv("COLUMNS", "40")

    assert machine.terminal(Stream("utf-8"), {"TERM": "xterm"}).state == "warn"


def test_who_says_which_day_it_is_is_told() -> None:
    assert machine.day({}).state == "ok"
    assert machine.day({"LEADCTL_TODAY": "2026-11-22"}).state == "warn"


def test_a_day_that_is_none_is_wrong_and_the_rest_is_told(
    book: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADCTL_TODAY", "yesterday")

    assert look(run, "day").state == "fail"
    assert look(run, "stages.yaml").state == "ok"


@pytest.mark.parametrize(
    ("environment", "state"),
    [
        ({}, "warn"),
        ({"EDITOR": "sh -c", "PATH": "/usr/bin:/bin"}, "ok"),
        ({"EDITOR": "nosucheditor"}, "warn"),
        ({"VISUAL": "'"}, "warn"),
    ],
)
def test_an_editor_that_is_not_to_be_found_is_told(environment: dict[str, str], state: str) -> None:
    assert machine.editor(environment).state == state


def configured(folder: Path, text: str) -> dict[str, str]:
    path = folder / "leadctl/config.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)
    return {"XDG_CONFIG_HOME": str(folder), "PATH": "/usr/bin:/bin"}


def test_the_book_of_the_own_settings_is_looked_for(book: Path, tmp_path: Path) -> None:
    assert machine.config({"XDG_CONFIG_HOME": str(tmp_path)}).state == "ok"
    assert machine.config(configured(tmp_path, f"book: {book}\n")).state == "ok"
    assert machine.config(configured(tmp_path, f"book: {book}/away\n")).state == "fail"


def test_own_settings_that_cannot_be_read_are_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", configured(tmp_path, "book: [")["XDG_CONFIG_HOME"])

    assert look(run, "config").state == "fail"


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ("", "ok"),
        ("mail:\n  smtp: smtp+starttls://me@mail.example.com\n  password_command: sh x\n", "ok"),
        (
            "mail:\n  smtp: smtp+starttls://me@mail.example.com\n  password_command: nopass x\n",
            "fail",
        ),
        ("mail:\n  sendmail: sh -c true\n", "ok"),
    ],
)
def test_the_way_of_mail_is_told(tmp_path: Path, settings: str, state: str) -> None:
    found = machine.mail(configured(tmp_path, settings))

    assert found.state == state
    assert "example.com" not in found.detail


def test_a_sendmail_that_is_not_there_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = configured(tmp_path, "mail:\n  sendmail: nosuchprogram -t\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", said["XDG_CONFIG_HOME"])

    assert look(run, "mail").state == "fail"


def test_a_program_that_cron_would_not_find_is_told(tmp_path: Path) -> None:
    assert machine.cron({"PATH": str(tmp_path)}).hint
    (tmp_path / "leadctl").write_text("#!/bin/sh\n")
    (tmp_path / "leadctl").chmod(0o755)

    assert machine.cron({"PATH": str(tmp_path)}).state == "ok"


def test_it_runs_with_an_empty_environment_in_a_book_that_cannot_be_written(book: Path) -> None:
    book.chmod(0o500)
    try:
        said = subprocess.run(
            [PROGRAM, "doctor"], cwd=book, env={"LC_ALL": "C"}, capture_output=True, check=False
        )
    finally:
        book.chmod(0o700)

    assert said.returncode == 0
    assert b"Traceback" not in said.stderr

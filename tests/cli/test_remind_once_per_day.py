"""`remind --once-per-day`: not twice, not never, and what a missed day would have said."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.reminders import ADA, CAME_LATER, CONTACTS, add, nothing, own_config
from tests.commands import PROGRAM, NewBook, Run, surroundings, tree
from tests.mail_servers import free_port, running

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.fixture
def configure(private: Path) -> Path:
    return own_config(private)


SetDay = Callable[[str], None]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> SetDay:
    """Lets it be another day."""
    return lambda text: monkeypatch.setenv("LEADCTL_TODAY", text)


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


def test_digests_with_other_numbers_are_digests_of_their_own(run: Run) -> None:
    first = run("remind", "--once-per-day", "--limit", "1")

    assert run("remind", "--once-per-day", "--limit", "1") == nothing()
    assert run("remind", "--once-per-day", "--limit", "2").out
    assert run("remind", "--once-per-day", "--limit", "1", "--ahead", "3d").out
    assert first.out

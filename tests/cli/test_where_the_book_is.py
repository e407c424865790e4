"""Which book a command means, what reading leaves alone, and what writing waits for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadctl.store import locking
from leadctl.store.locking import exclusive
from tests.commands import NewBook, Outcome, Run, tree

ONE = "- {id: ada, name: Ada, status: New, created: 2026-11-20}\n"
READS = [
    ("list",),
    ("show", "ada"),
    ("prospects", "--as-of", "2026-01-01"),
    ("remind", "--once-per-day"),
    ("schedule", "cron"),
    ("pipeline",),
    ("report", "status"),
    ("history",),
    ("values", "status"),
    ("stages",),
    ("stages", "check"),
    ("check",),
]


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(ONE)


def books(tmp_path: Path, *names: str) -> list[Path]:
    """Books whose only contact has the name of its book."""
    made = []
    for name in names:
        root = tmp_path / name
        root.mkdir()
        (root / "stages.yaml").write_text("default: New\nstatuses: {New: {touch_every: never}}\n")
        (root / "contacts.csv").write_text(f"id,name,status\n{name},{name},New\n")
        made.append(root)
    return made


def test_the_book_is_said_before_it_is_set_before_it_is_found_before_it_is_configured(
    run: Run, tmp_path: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, set_, found, configured = books(tmp_path, "said", "set", "found", "configured")
    config = private / "config" / "leadctl" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text(f"book: {configured}\n")
    deep = found / "letters" / "2026"
    deep.mkdir(parents=True)

    monkeypatch.chdir("/")
    assert run("list", "-f", "ids").out == "configured\n"
    monkeypatch.chdir(deep)
    assert run("list", "-f", "ids").out == "found\n"
    monkeypatch.setenv("LEADCTL_BOOK", str(set_))
    assert run("list", "-f", "ids").out == "set\n"
    assert run("list", "-f", "ids", "--book", said).out == "said\n"


def test_without_a_book_the_way_to_one_is_told(run: Run) -> None:
    assert run("list") == Outcome(
        2,
        "",
        "leadctl: error: there is no book here\n"
        "hint: go to its folder, name it with --book DIR, or make one: leadctl init DIR\n",
    )


def test_a_folder_that_is_no_book_is_never_made_one(run: Run, tmp_path: Path) -> None:
    done = run("add", "Ada", "--book", tmp_path / "here")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f'leadctl: error: "{tmp_path / "here"}" is not a book')
    assert list((tmp_path / "here").iterdir()) == []


def test_a_new_book_says_what_to_do_next(run: Run, tmp_path: Path) -> None:
    assert run("init", "mine") == Outcome(
        0,
        f"made a book in {tmp_path / 'here' / 'mine'} (classic, yaml)\n",
        'next: cd mine && leadctl add "Ada Lovelace" --email ada@example.com\n',
    )
    assert run("list", "--book", "mine") == Outcome(0, "")
    assert run("check", "--strict", "--book", "mine") == Outcome(0, "")


def test_an_example_is_made_in_its_own_form(run: Run, tmp_path: Path) -> None:
    done = run("init", "--example", "--preset", "sales-stages")

    assert done == Outcome(
        0,
        f"made a book in {tmp_path / 'here'} (sales-stages, csv)\n",
        "next: leadctl prospects\n",
    )
    assert run("prospects", "--fail-empty").code == 0


def test_an_example_in_another_form_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("init", "demo", "--example", "--format", "csv")

    assert (done.code, done.out) == (2, "")
    assert "the example book of classic is a yaml book" in done.err
    assert not (tmp_path / "demo").exists()


def test_a_book_is_not_made_over_another(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("init", "--format", "csv") == Outcome(
        7,
        "",
        'leadctl: error: "." already has a stages.yaml; nothing was changed\n'
        "hint: name another folder: `leadctl init DIR`\n",
    )
    assert tree(book) == before


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_reading_writes_nothing_into_the_book(run: Run, book: Path, words: tuple[str, ...]) -> None:
    before = tree(book)

    assert run(*words).code == 0
    assert tree(book) == before


def test_the_index_is_for_its_owner_only(run: Run, book: Path, private: Path) -> None:
    run("list")
    (index,) = (private / "cache" / "leadctl").glob("*.sqlite")

    assert index.stat().st_mode & 0o777 == 0o600
    assert index.parent.stat().st_mode & 0o777 == 0o700


def test_a_lost_or_broken_index_is_made_anew(run: Run, book: Path, private: Path) -> None:
    first = run("list")
    (index,) = (private / "cache" / "leadctl").glob("*.sqlite")
    index.write_bytes(b"no database")
    second = run("list")
    index.unlink()

    assert first == second == run("list")


def test_where_no_cache_can_be_kept_the_index_lives_in_memory(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = run("list")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    homeless = run("list")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/cache")

    assert kept == homeless == run("list")
    assert run("touch", "ada").code == 0


def test_what_an_editor_saved_is_seen_at_once(run: Run, book: Path) -> None:
    before = run("list", "--columns", "name", "-f", "csv").out
    (book / "contacts.yaml").write_text(ONE.replace("Ada", "Eve"))
    os.utime(book / "contacts.yaml", ns=(0, (book / "stages.yaml").stat().st_mtime_ns))

    assert (before, run("list", "--columns", "name", "-f", "csv").out) == (
        "name\nAda\n",
        "name\nEve\n",
    )


def test_a_book_that_somebody_writes_to_is_busy(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("touch", "ada")
    monkeypatch.setattr(locking, "LOCK_TIMEOUT", 0.05)
    with exclusive(book / ".leadctl" / "lock", command="leadctl import"):
        busy, read = run("touch", "ada"), run("list", "-f", "ids")

    assert (busy.code, busy.out) == (5, "")
    assert f"the book is busy: process {os.getpid()} (leadctl import) on " in busy.err
    assert busy.err.endswith("hint: nothing was changed; try again when it is done\n")
    assert read == Outcome(0, "ada\n")
    assert run("touch", "ada").code == 0


def test_a_folder_that_cannot_be_written_is_an_error_of_the_disk(run: Run, book: Path) -> None:
    (book / ".leadctl").write_text("in the way")
    done = run("touch", "ada")

    assert (done.code, done.out) == (6, "")
    assert done.err == (
        f"leadctl: error: {book / '.leadctl'}: File exists\nhint: nothing was changed\n"
    )


def test_contacts_behind_a_link_are_changed_where_they_are(
    run: Run, book: Path, tmp_path: Path
) -> None:
    cloud = tmp_path / "cloud.yaml"
    (book / "contacts.yaml").rename(cloud)
    (book / "contacts.yaml").symlink_to(cloud)
    cloud.chmod(0o640)

    assert run("set", "ada", "company=Analytical").code == 0
    assert (book / "contacts.yaml").is_symlink()
    assert "company: Analytical" in cloud.read_text()
    assert cloud.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("value", ["tomorrow", "2026-13-01", "22.11.2026"])
def test_a_day_that_is_none_is_refused(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("LEADCTL_TODAY", value)
    done = run("list")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("leadctl: error: LEADCTL_TODAY: ")

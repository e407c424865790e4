"""Where leadctl is called from: environments, folders and limits that nobody would choose."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from leadctl.cli.terminal import unwritable
from tests.commands import PROGRAM, NewBook, Outcome, Program, Run, tree

READS = (
    ("list", "-f", "ids"),
    ("show", "王美玲"),
    ("prospects",),
    ("pipeline", "--json"),
    ("history", "wang-meiling"),
    ("values", "source"),
    ("todo", "list"),
    ("report", "status"),
    ("remind",),
)
#: No two of these folders have a name that a shell, a URL or a log takes in the same way.
NAMES = (
    "with space",
    "new\nline",
    "emoji 😀",
    os.fsdecode(b"not \xff utf-8"),
    "quo'te\"s",
    "-dash",
    "a;b$(c)`d`",
    "escape \x1b[31m",
    "per%20cent?#",
)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_book_may_be_called_anything(run: Run, agent: Path, name: str) -> None:
    book = agent.rename(agent.with_name(name))
    os.chdir(book)

    codes = {words: run("-b", book, *words).code for words in READS}
    changed = run("-b", book, "set", "wang-meiling", "company=Lotus", "--json")
    undone = run("undo", "--json")

    assert {words for words, code in codes.items() if code} == set()
    assert (changed.code, undone.code) == (0, 0)


def test_a_cache_folder_may_be_called_anything(
    run: Run, agent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / os.fsdecode(b"cache \xff")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))

    first, again = run("list", "-f", "ids"), run("list", "-f", "ids")

    assert first == again
    assert list((folder / "leadctl").iterdir())


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TERM": "dumb"},
        {"TERM": ""},
        {"NO_COLOR": "1"},
        {"COLUMNS": "20"},
        {"COLUMNS": "0"},
        {"COLUMNS": "abc"},
        {"HOME": ""},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": ""},
        {"XDG_CACHE_HOME": "/proc/self/nothing"},
        {"XDG_CONFIG_HOME": "/dev/null"},
        {"LEADCTL_TODAY": "2026-11-22 14:30"},
    ],
    ids=str,
)
def test_off_a_terminal_every_answer_is_the_same_in_all_surroundings(
    run: Run, agent: Path, monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str]
) -> None:
    usual = [run(*words) for words in READS]
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert [run(*words) for words in READS] == usual


def test_an_empty_environment_is_enough_to_read_and_to_write(agent: Path) -> None:
    def bare(*words: str) -> Outcome:
        done = subprocess.run(
            [PROGRAM, *words], cwd=agent, env={}, capture_output=True, check=False
        )
        return Outcome.of(done.returncode, done.stdout.decode(), done.stderr.decode())

    shown, changed = bare("show", "王美玲"), bare("set", "wang-meiling", "spouse=Łukasz", "-q")

    assert shown.out.startswith("Wang Meiling 王美玲 (wang-meiling)\n")
    assert changed == Outcome(0, "")
    assert "spouse: Łukasz" in (agent / "contacts.yaml").read_text("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1:strict"])
def test_an_output_that_knows_few_letters_gets_the_others_as_escapes(
    program: Program, agent: Path, encoding: str
) -> None:
    done = program("show", "wang-meiling", "--json", cwd=agent, env={"PYTHONIOENCODING": encoding})

    assert done.code == 0
    assert r'"name": "Wang Meiling \u738b\u7f8e\u73b2"' in done.out


@pytest.mark.parametrize("zone", ["UTC-99", "UTC+30"])
def test_a_time_zone_of_no_place_on_earth_is_told(program: Program, agent: Path, zone: str) -> None:
    done = program("touch", "wang-meiling", "-n", cwd=agent, env={"TZ": zone})

    assert done == Outcome(
        2,
        "",
        f'leadctl: error: TZ: "{zone}" is no time zone\n'
        "hint: name a place, as in TZ=Europe/Berlin, or leave it out\n",
    )


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "20261122", " ", "9999-12-31"])
@pytest.mark.parametrize("words", [("list",), ("set", "wang-meiling", "title=X")], ids=" ".join)
def test_a_day_that_is_none_stops_whatever_would_use_it(
    run: Run, agent: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], day: str
) -> None:
    monkeypatch.setenv("LEADCTL_TODAY", day)

    done = run(*words)

    assert done.code == 2
    assert done.err.startswith("leadctl: error: LEADCTL_TODAY: ")


def test_a_folder_that_is_gone_is_told_by_whatever_would_need_it(
    program: Program, agent: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    def from_there(*words: str | Path) -> Outcome:
        line = f'cd "{gone}" && rmdir "{gone}" && "{PROGRAM}" {" ".join(map(str, words))}'
        gone.mkdir(exist_ok=True)
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
        return Outcome.of(done.returncode, done.stdout.decode(), done.stderr.decode())

    told = Outcome(
        2, "", "leadctl: error: the current folder is gone\nhint: go to one that exists\n"
    )
    assert from_there("list") == told
    assert from_there("list", "-b", "../book") == told
    assert from_there("init", "x") == told
    assert from_there("list", "-b", agent, "-f", "ids", "--limit", "1").out == "amir-haddad\n"


def test_a_book_behind_a_link_is_changed_where_it_is(run: Run, agent: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(agent)

    assert run("-b", link, "set", "wang-meiling", "company=Lotus").code == 0
    assert link.is_symlink()
    assert "Lotus" in (agent / "contacts.yaml").read_text("utf-8")


@pytest.mark.parametrize("said", ["~/crm", "~"])
def test_a_tilde_that_no_shell_has_read_is_the_home_folder(
    run: Run, agent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    home = tmp_path / "someone"
    shutil.copytree(agent, home / said.removeprefix("~").removeprefix("/"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LEADCTL_BOOK", said)

    assert run("list", "-f", "ids").out.startswith("amir-haddad\n")
    assert run(f"--book={said}", "list", "-f", "ids").out.startswith("amir-haddad\n")


def test_an_empty_variable_names_no_book(
    run: Run, agent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADCTL_BOOK", "")

    assert run("list", "-f", "ids", "--limit", "1").out == "amir-haddad\n"


def limited(agent: Path, private: Path, limit: str, *words: str) -> Outcome:
    """The program under a limit of the shell, with its output in a pipe."""
    line = f'ulimit {limit}; "$0" "$@" | cat'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}", PROGRAM, *words],
        cwd=agent,
        env={"PATH": os.defpath, "HOME": str(private), "LEADCTL_TODAY": "2026-11-22"},
        capture_output=True,
        check=False,
    )
    return Outcome.of(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("limit", ["-n 6", "-f 4"], ids=["open files", "size of a file"])
def test_a_change_that_the_system_will_not_take_leaves_the_book_as_it_was(
    agent: Path, private: Path, limit: str
) -> None:
    limited(agent, private, "-n 64", "set", "wang-meiling", "company=Lotus")
    before = {name: text for name, text in tree(agent).items() if not name.startswith(".leadctl")}

    done = limited(agent, private, limit, "set", "wang-meiling", "company=Poppy")

    assert done.code == 6, done
    assert done.err.count("\n") <= 2
    after = {name: text for name, text in tree(agent).items() if not name.startswith(".leadctl")}
    assert after == before


def test_a_shortage_is_not_blamed_on_the_output() -> None:
    told = unwritable(OSError(errno.EMFILE, "Too many open files"))

    assert told == "the system is short of something: Too many open files"


def test_names_out_of_the_book_reach_the_files_of_every_form(new_book: NewBook, run: Run) -> None:
    root = new_book("- id: ada\n  name: Ада Лавлейс\n  status: New\n")

    assert run("touch", "ада", "-m", "спасибо", "-q") == Outcome(0, "")
    assert "спасибо" in (root / "journal.jsonl").read_text("utf-8")

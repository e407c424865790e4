"""How Taskwarrior 2 lost data, issue by issue; the same is done to leadctl, which must not.

The issues are those of github.com/GothenburgBitFactory/taskwarrior, each with its title.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import resource
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from leadctl.store.creation import preset_text
from tests.commands import PROGRAM, surroundings, tree

PEOPLE = 150
CONTACTS = "".join(f"- {{id: p-{n}, name: Person {n}, status: New}}\n" for n in range(PEOPLE))
BULK = ("set", "--where", "status:New", "owner=marta", "--yes")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    root.mkdir(mode=0o700)
    (root / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    (root / "journal.jsonl").write_text("", encoding="utf-8")
    (root / "stages.yaml").write_bytes(preset_text("classic"))
    return root


@pytest.fixture
def environment(private: Path, book: Path) -> Mapping[str, str]:
    return {"PATH": os.defpath, "LEADCTL_BOOK": str(book), **surroundings(private)}


def start(environment: Mapping[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [PROGRAM, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(environment: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    running = start(environment, *words)
    out, err = running.communicate(timeout=60)
    return running.returncode, out.decode(), err.decode()


def run_without_space(environment: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    """Run it where no file can become longer than 100 bytes, nor a new one be longer."""
    done = subprocess.run(
        [PROGRAM, *words],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def owners(book: Path) -> set[int]:
    """How many have an owner in the file, and how many by the journal."""
    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]
    return {(book / "contacts.yaml").read_text().count("owner: marta"), len(events)}


def typed(environment: Mapping[str, str], keys: bytes) -> int:
    """The exit code of a bulk change whose question is answered with *keys*."""
    process, terminal = pty.fork()
    if process == 0:
        # Whoever runs the tests in the background may have them ignore it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(PROGRAM, [str(PROGRAM), *BULK[:-1]], dict(environment))
    seen = b""
    while b"[y/N]" not in seen:
        seen += os.read(terminal, 4096)
    os.write(terminal, keys)
    with contextlib.suppress(OSError):  # the terminal is gone when the process is
        while os.read(terminal, 4096):
            pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.85, 0.95])
def test_152_atomic_file_writes(
    book: Path, environment: Mapping[str, str], tmp_path: Path, share: float
) -> None:
    """152, "[TW-94] Atomic file writes": Ctrl-C at the wrong moment cost half of the file."""
    started = time.monotonic()
    run(environment, *BULK, "-n")
    usual = 1.3 * (time.monotonic() - started)
    running = start(environment, *BULK)
    time.sleep(usual * share)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    run(environment, "touch", "p-0")

    assert running.returncode in (0, 130, -signal.SIGINT)
    assert owners(book) in ({0, 1}, {PEOPLE, PEOPLE + 1})


def test_2292_interruption_should_remove_lock_file(
    book: Path, environment: Mapping[str, str]
) -> None:
    """2292, "Interruption should remove lock file": after Ctrl-C at a question, all was locked."""
    code = typed(environment, b"\x03")

    assert code == 130
    assert owners(book) == {0}
    assert run(environment, *BULK)[0] == 0


@pytest.mark.parametrize(
    "keys", [b"\x04", b"\0\0\0\r", b"\xff\xfe yes\r", b"yes no\r", b"\x1b[A\r", b"1\r"]
)
def test_whatever_is_typed_at_a_question_only_yes_is_yes(
    book: Path, environment: Mapping[str, str], keys: bytes
) -> None:
    before = (book / "contacts.yaml").read_bytes()
    code = typed(environment, keys)

    assert code == 1
    assert (book / "contacts.yaml").read_bytes() == before
    assert owners(book) == {0}


def test_1420_database_corrupted_after_running_task_if_the_disk_is_full(
    book: Path, environment: Mapping[str, str]
) -> None:
    """1420, "[TW-1393] Database corrupted after running task if the disk is full"."""
    before = tree(book)
    code, out, err = run_without_space(environment, *BULK)

    assert (code, out) == (6, "")
    assert "nothing was changed" in err
    assert {name: text for name, text in tree(book).items() if name in before} == before
    assert run(environment, *BULK)[0] == 0
    assert owners(book) == {PEOPLE}


def test_2264_data_loss_after_running_out_of_disk_space(
    book: Path, environment: Mapping[str, str]
) -> None:
    """2264, "Data loss after running out of disk space": a list, in a loop, emptied the data."""
    before = tree(book)
    shown = [run_without_space(environment, *words) for words in (["list", "-f", "ids"],) * 3]

    assert [code for code, _, _ in shown] == [0, 0, 0]
    assert {len(out.split()) for _, out, _ in shown} == {PEOPLE}
    assert tree(book) == before


@pytest.mark.slow
def test_1735_corruption_involving_concurrent_processes(
    book: Path, environment: Mapping[str, str]
) -> None:
    """1735, "[TW-1711] pending.data corruption involving concurrent processes"."""
    running = [start(environment, "set", f"p-{n % 3}", f"tags+=t{n}") for n in range(9)]
    ends = [each.communicate(timeout=120) for each in running]
    shown = json.loads(run(environment, "list", "--json")[1])
    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]

    assert [each.returncode for each in running] == [0] * 9, ends
    assert sorted(tag for each in shown for tag in each["tags"]) == [f"t{n}" for n in range(9)]
    assert len(events) == 9


@pytest.mark.slow
def test_2070_random_file_corruption(book: Path, environment: Mapping[str, str]) -> None:
    """2070, "Random file corruption (possibly related to shell prompt integration)"."""
    prompt = ("status:New", "is:never-touched", "-is:won")
    writer = start(environment, *BULK)
    readers = [start(environment, "list", "-f", "ids", query) for query in prompt * 2]
    said = [each.communicate(timeout=120) for each in readers]
    writer.communicate(timeout=120)

    assert [each.returncode for each in (writer, *readers)] == [0] * 7
    assert [err for _, err in said] == [b""] * 6
    assert {len(out.split()) for out, _ in said} == {PEOPLE}
    assert owners(book) == {PEOPLE}


@pytest.mark.parametrize("left", [b"", bytes(len(CONTACTS))], ids=["nothing", "zeros"])
def test_3040_pending_data_corrupts(
    book: Path, environment: Mapping[str, str], left: bytes
) -> None:
    """3040, "Pending.data corrupts after deleting recurring tasks": lost power left zeros."""
    run(environment, "set", "p-0", "owner=marta")
    (book / "contacts.yaml").write_bytes(left)
    journal = (book / "journal.jsonl").read_bytes()
    code, _, err = run(environment, "add", "Ada Lovelace")

    assert code in (3, 7)
    assert "nothing was written" in err
    assert (book / "contacts.yaml").read_bytes() == left
    assert (book / "journal.jsonl").read_bytes() == journal


def test_2149_all_tasks_disappeared(book: Path, environment: Mapping[str, str]) -> None:
    """2149, "All tasks disappeared": nothing said that there had ever been any."""
    run(environment, "set", "p-0", "owner=marta")
    (book / "contacts.yaml").write_text("", encoding="utf-8")
    _, _, err = run(environment, "list")

    assert f"the book had {PEOPLE} contacts when leadctl last wrote to it" in err


def test_1785_corrupted_pending_data_file(book: Path, environment: Mapping[str, str]) -> None:
    """1785, "[TW-1761] Corrupted pending.data file": thousands of NULs before a record."""
    lines = CONTACTS.splitlines(keepends=True)
    spoilt = "".join([*lines[:70], "\0" * 12_061, *lines[70:]])
    (book / "contacts.yaml").write_text(spoilt, encoding="utf-8")
    checked, changed = run(environment, "check"), run(environment, *BULK)

    assert checked[0] == 1
    assert "contacts.yaml:71:" in checked[1]
    assert changed[0] == 3
    assert (book / "contacts.yaml").read_text("utf-8") == spoilt


def test_475_interrupted_reading_changes_nothing(
    book: Path, environment: Mapping[str, str]
) -> None:
    """475, "[TW-440] pending.data corrupted": somebody had pressed Ctrl-C in a report."""
    before = tree(book)
    running = start(environment, "list")
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)

    assert tree(book) == before

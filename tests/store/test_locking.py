from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from leadctl.errors import BusyError, FileError
from leadctl.store import locking
from leadctl.store.locking import exclusive

HOLD = """\
import pathlib, sys, time
from leadctl.store.locking import exclusive
with exclusive(pathlib.Path(sys.argv[1]), command="leadctl import"):
    print("held", flush=True)
    time.sleep(60)
"""


def holding(lock: Path) -> subprocess.Popen[str]:
    """Another process that has *lock*."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, lock], stdout=subprocess.PIPE, encoding="ascii"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def ended(process: subprocess.Popen[str]) -> int:
    process.kill()
    process.communicate(timeout=30)
    return process.returncode


def test_who_waits_too_long_is_told_who_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "LOCK_TIMEOUT", 0.1)
    lock = tmp_path / "lock"
    other = holding(lock)
    with pytest.raises(BusyError) as caught, exclusive(lock):
        pass
    ended(other)

    assert f"process {other.pid} (leadctl import) on {os.uname().nodename}" in caught.value.message
    assert caught.value.hint.startswith("nothing was changed")


def test_a_stopped_holder_is_named_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "LOCK_TIMEOUT", 0.1)
    lock = tmp_path / "lock"
    other = holding(lock)
    other.send_signal(signal.SIGSTOP)
    with pytest.raises(BusyError, match=str(other.pid)), exclusive(lock):
        pass
    other.send_signal(signal.SIGCONT)

    assert ended(other) == -signal.SIGKILL


def test_it_is_free_again_when_its_holder_dies(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    ended(holding(lock))
    with exclusive(lock, command="leadctl touch"):
        signed = json.loads(lock.read_text())

    assert (signed["pid"], signed["command"]) == (os.getpid(), "leadctl touch")


def test_the_alarm_clock_is_as_it_was_before(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGALRM)
    lock = tmp_path / "lock"
    other = holding(lock)
    threading.Timer(0.2, other.kill).start()
    with exclusive(lock):
        pass
    other.communicate(timeout=30)

    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_thread_waits_as_well(tmp_path: Path) -> None:
    lock, got = tmp_path / "lock", []

    def take() -> None:
        with exclusive(lock):
            got.append("it")

    with exclusive(lock):
        thread = threading.Thread(target=take)
        thread.start()
        thread.join(0.1)
        had_while_held = list(got)
    thread.join(30)

    assert had_while_held == []
    assert got == ["it"]


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    precious, lock = tmp_path / "precious", tmp_path / "lock"
    precious.write_bytes(b"do not truncate")
    lock.symlink_to(precious)

    with pytest.raises(FileError), exclusive(lock):
        pass

    assert precious.read_bytes() == b"do not truncate"


def test_a_lock_file_with_nonsense_in_it_is_a_lock_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "LOCK_TIMEOUT", 0.1)
    lock = tmp_path / "lock"
    other = holding(lock)
    lock.write_text("[]")
    with pytest.raises(BusyError, match="another process"), exclusive(lock):
        pass

    assert ended(other) == -signal.SIGKILL


def test_ctrl_c_waits_until_a_change_is_done() -> None:
    words = (
        "import os, signal\n"
        "from leadctl.store.locking import undisturbed\n"
        "try:\n"
        "    with undisturbed():\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        print('done')\n"
        "    print('not interrupted')\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, encoding="ascii", check=False
    )

    assert done.stdout == "done\ninterrupted\n"

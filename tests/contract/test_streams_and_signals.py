"""Streams that are closed, full or left, and signals in the middle, for all that reads."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import PROGRAM, surroundings, tree

READS = [
    "show wang-meiling",
    "pipeline",
    "history",
    "todo list",
    "report funnel",
    "remind",
    "completion bash",
]
#: What the shell does to a stream → the exit code of a command that has something to print.
STREAMS = {">&-": 6, ">/dev/full": 6, "<&-": 0, "2>&-": 0}


@pytest.mark.parametrize("words", READS)
def test_a_stream_that_is_gone_is_told_by_the_exit_code(
    agent: Path, private: Path, words: str
) -> None:
    env = {"PATH": os.defpath, **surroundings(private)}
    running = {
        stream: subprocess.Popen(
            ["sh", "-c", f'"{PROGRAM}" {words} {stream}'],
            cwd=agent,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for stream in STREAMS
    }
    told = {stream: (each.communicate(timeout=60)[1], each) for stream, each in running.items()}

    assert {stream: each.returncode for stream, (_, each) in told.items()} == STREAMS
    assert all(err.count(b"\n") == (STREAMS[stream] == 6) for stream, (err, _) in told.items())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda each: each.name)
def test_a_signal_in_the_middle_ends_the_command_and_changes_nothing(
    agent: Path, private: Path, number: signal.Signals
) -> None:
    before = tree(agent)
    # It waits for ids: there is a middle to be hit.
    with subprocess.Popen(
        [PROGRAM, "set", "-", "title=X"],
        cwd=agent,
        env=surroundings(private),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        running.stdin.write(b"wang-meiling\n")
        running.stdin.flush()
        wait_until_it_reads(running.pid)
        running.send_signal(number)
        out, err = running.communicate(timeout=30)

    ends = {signal.SIGINT: 130, signal.SIGTERM: -signal.SIGTERM}
    assert (running.returncode, out, err) == (ends[number], b"", b"")
    assert tree(agent) == before


def wait_until_it_reads(pid: int) -> None:
    """Wait until the process *pid* has read what its stdin held, and sleeps."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        called = Path(f"/proc/{pid}/wchan").read_text("ascii")
        if "pipe" in called:
            return
        time.sleep(0.05)

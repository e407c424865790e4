"""One writer at a time: the lock of a book, and signals that wait until a change is made."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import signal
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from leadctl.errors import BusyError, FileError
from leadctl.store.files import reason

#: How long a writer waits for another one before it gives up, in seconds.
LOCK_TIMEOUT = 10.0
_POLL = 0.01


@contextlib.contextmanager
def exclusive(lock: Path, *, command: str = "leadctl") -> Iterator[None]:
    """Hold the lock file *lock*, which is never replaced, while the body runs.

    *command* is what others are told who wait for it.

    Raises:
        BusyError: another process has held it for `LOCK_TIMEOUT` seconds.
        FileError: the lock file cannot be opened.
    """
    handle = _open(lock)
    try:
        _wait_for(handle, lock)
        _sign(handle, command)
        yield
    finally:
        os.close(handle)


def holder(lock: Path) -> str:
    """Who holds the lock file *lock* at the moment, in a sentence; empty if nobody does."""
    try:
        handle = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(handle)
    except OSError:
        return ""
    finally:
        os.close(handle)
    return ""


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and the signals that end a process until the body is done."""
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _open(lock: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(lock, flags, 0o600)
    except OSError as error:
        raise FileError(f"{lock}: {reason(error)}", hint="nothing was changed") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileError(f"{lock}: it is not a file", hint="nothing was changed; remove it")
    return handle


def _wait_for(handle: int, lock: Path) -> None:
    try:
        _lock(handle)
    except TimeoutError:
        hint = "nothing was changed; try again when it is done"
        raise BusyError(f"the book is busy: {_holder(handle)}", hint=hint) from None
    except OSError as error:
        raise FileError(f"{lock}: cannot be locked: {reason(error)}") from error
    if not _is_still_there(handle, lock):
        hint = "nothing was changed; .leadctl/lock is not to be removed while leadctl runs"
        raise BusyError("the lock of the book was replaced", hint=hint)


def _is_still_there(handle: int, lock: Path) -> bool:
    try:
        return os.fstat(handle).st_ino == lock.stat().st_ino
    except FileNotFoundError:
        return False


def _lock(handle: int) -> None:
    """Take the lock in turn: the kernel wakes who waits in the order in which they came.

    Raises:
        TimeoutError: it was not to be had in time.
        OSError: the file system has no locks.
    """
    if _is_free(handle):
        return
    if threading.current_thread() is not threading.main_thread():
        _poll(handle)
        return

    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LOCK_TIMEOUT)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _poll(handle: int) -> None:
    """Only the main thread can be woken by a clock: any other looks again and again."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    while not _is_free(handle):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(_POLL)


def _is_free(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def _sign(handle: int, command: str) -> None:
    """Say in the lock file who holds it; a full disk is no reason not to have it."""
    signed = {"pid": os.getpid(), "host": os.uname().nodename, "command": command}
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({**signed, "since": int(time.time())}).encode() + b"\n", 0)


def _holder(handle: int) -> str:
    """Who holds the lock, as told to who waits."""
    try:
        signed = json.loads(os.pread(handle, 4096, 0))
        seconds = max(0, int(time.time()) - int(signed["since"]))
        who = f"process {int(signed['pid'])} ({signed['command']}) on {signed['host']}"
    except (ValueError, TypeError, KeyError, OSError):
        return "another process has been writing to it"
    return f"{who} has been writing to it for {seconds} seconds"

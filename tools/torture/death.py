"""Lets a fork die, or meet somebody else, right before its n-th step that changes the disk.

A step is a call of the operating system that writes; a write counts twice, so that half of it can
be there.
"""

from __future__ import annotations

import errno
import fcntl
import functools
import os
import signal
from collections.abc import Callable
from typing import Any

from leadctl.store import disk, recovery, writing
from tools.torture.warm import Hook

_STEPS = (
    "pwrite",
    "fsync",
    "replace",
    "rename",
    "link",
    "unlink",
    "truncate",
    "ftruncate",
    "mkdir",
    "chmod",
    "fchmod",
    "fchown",
    "setxattr",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

#: Called before each step.
Step = Callable[[], None]


def die_at(number: int, *, is_plain: bool = False) -> Hook:
    """Die by SIGKILL right before the step *number*, counted from 1.

    A plain file system cannot exchange two names in one step.
    """

    def hook() -> None:
        if is_plain:
            disk.__dict__["_renameat2"] = _unknown
        count_steps(_dying_at(number))

    return hook


def die_in_recovery_at(number: int) -> Hook:
    """The same, where only the steps inside a recovery are counted."""

    def hook() -> None:
        within = {"depth": 0}
        dies = _dying_at(number)
        count_steps(lambda: dies() if within["depth"] else None)
        recover = recovery.recover

        def counted(*words: Any, **more: Any) -> Any:
            within["depth"] += 1
            try:
                return recover(*words, **more)
            finally:
                within["depth"] -= 1

        for module in (writing, recovery):
            module.__dict__["recover"] = counted

    return hook


def _unknown(*_: Any) -> None:
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def _dying_at(number: int) -> Step:
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        if taken == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def count_steps(step: Step) -> None:
    """Call *step* before everything that this process does to the disk from now on."""
    for name in _STEPS:
        setattr(os, name, _stepping(getattr(os, name), step))
    os.write = _tearing(os.write, step)
    os.open = _opening(os.open, step)
    fcntl.flock = _stepping(fcntl.flock, step)
    disk.__dict__["_renameat2"] = _stepping(disk._renameat2, step)


def _stepping(function: Callable[..., Any], step: Step) -> Callable[..., Any]:
    @functools.wraps(function)
    def stepped(*words: Any, **more: Any) -> Any:
        step()
        return function(*words, **more)

    return stepped


def _tearing(write: Callable[..., int], step: Step) -> Callable[..., int]:
    def torn(handle: int, content: Any) -> int:
        step()
        half = len(content) // 2
        if not half or handle < 3:
            return write(handle, content)
        written = write(handle, content[:half])
        if written < half:
            return written
        step()
        return written + write(handle, content[half:])

    return torn


def _opening(open_: Callable[..., int], step: Step) -> Callable[..., int]:
    def opened(path: Any, flags: int, *words: Any, **more: Any) -> int:
        if flags & _WRITING:
            step()
        return open_(path, flags, *words, **more)

    return opened

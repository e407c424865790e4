"""How editors and other tools save a file, each in the steps that another program can see."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

#: Saves the text in the file; stops wherever another program may come in between.
Save = Callable[[Path, bytes], Iterator[None]]


def vim(path: Path, text: bytes) -> Iterator[None]:
    """As vim with `backupcopy=no`: the old file becomes the backup, a new one is written."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    yield
    with path.open("xb") as file:
        yield
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    yield
    backup.unlink()


def vim_in_place(path: Path, text: bytes) -> Iterator[None]:
    """As vim with `backupcopy=yes`: a copy is made, then the file itself is emptied and filled."""
    backup = path.with_name(f"{path.name}~")
    backup.write_bytes(path.read_bytes())
    yield
    with path.open("wb", buffering=0) as file:
        yield
        file.write(text)
        os.fsync(file.fileno())
    backup.unlink()


def emacs(path: Path, text: bytes) -> Iterator[None]:
    """As emacs with backups: the old file is renamed, and its backup stays."""
    path.rename(path.with_name(f"{path.name}~"))
    yield
    with path.open("xb", buffering=0) as file:
        yield
        file.write(text)


def vs_code(path: Path, text: bytes) -> Iterator[None]:
    """As Visual Studio Code: the file is emptied and written, and only then flushed."""
    with path.open("wb", buffering=0) as file:
        yield
        file.write(text)
        yield
        os.fdatasync(file.fileno())


def sed(path: Path, text: bytes) -> Iterator[None]:
    """As `sed -i`: a file beside it takes its name."""
    beside = path.with_name(f"sed{os.urandom(3).hex()}")
    beside.write_bytes(text)
    yield
    beside.replace(path)


def git(path: Path, text: bytes) -> Iterator[None]:
    """As `git checkout`: the file is removed, and one of the same name is made."""
    path.unlink()
    yield
    with path.open("xb", buffering=0) as file:
        yield
        file.write(text)


STYLES: dict[str, Save] = {
    "vim": vim,
    "vim in place": vim_in_place,
    "emacs": emacs,
    "VS Code": vs_code,
    "sed -i": sed,
    "git checkout": git,
}


def save_at_once(save: Save, path: Path, text: bytes) -> None:
    """Save without a pause in between."""
    for _ in save(path, text):
        pass


def opened(path: Path) -> bytes:
    """The text as an editor opens it, once there is a whole one: a person would wait as well."""
    while True:
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            text = b""
        if text.endswith(b"\n"):
            return text
        time.sleep(0.001)

"""One way in which input can be bad or the world unkind, and what leadctl then says and leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: What a case lays over the files of a small sound book: path within it → content.
Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Case:
    """A bad input or fault, the command that meets it, and what has to come of it.

    The command runs in a copy of the small sound book with `files` laid over it and `prepare`
    run on it. Afterwards every file is as it was, but for those that `changes` names.
    """

    #: Kind and number: Y YAML, S stages.yaml and settings, C CSV, J journal, T follow-ups, F files
    #: and environment, X security, P privacy. Inputs that show the same have a letter each: Y6a,
    #: Y6b. No two cases have the same.
    row: str
    #: What is wrong, in a few words.
    title: str
    #: The exit code.
    code: int
    files: Files = field(default_factory=dict)
    command: tuple[str, ...] = ("check",)
    #: The place that is named: "contacts.yaml:3:7"; empty where there is none.
    where: str = ""
    #: Texts that stand in what is printed, on stdout or stderr.
    says: tuple[str, ...] = ()
    #: Texts that must not stand there.
    says_not: tuple[str, ...] = ()
    #: The form of the small sound book: yaml, csv or dir.
    form: str = "yaml"
    stdin: bytes = b""
    environment: Mapping[str, str] = field(default_factory=dict)
    #: Does to the book what no file can say: links, modes, other processes.
    prepare: Callable[[Path], None] | None = None
    #: Files that may be different afterwards.
    changes: frozenset[str] = frozenset()
    #: It needs a process of its own: locale, closed streams, variables that Python itself reads.
    is_installed: bool = False

"""The intent: what a change that has begun is going to do, so that anybody can finish it.

It is one file, `.leadctl/txn`: a hash of the rest, then one JSON object. Once it is there under
that name the change is as good as made.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass

from leadctl.errors import FileError

#: The form of the file; another version of leadctl may write another.
FORMAT = 1
_TEMPORARY = re.compile(r"\.[^/\0]{1,200}\.leadctl-[0-9]{1,10}-[0-9a-f]{8,16}\.tmp")
#: What a change is ever made of; a planted intent must not reach other files, as those of git.
_OF_BOOK = re.compile(
    r"stages\.yaml|journal\.jsonl|suppressed\.txt|(?:contacts|followups)\.(?:yaml|csv)"
    r"|contacts/[^/\0]+\.yaml|\.leadctl(?:/[^/\0]+)+"
)


@dataclass(frozen=True, slots=True)
class FileStep:
    """One file of the book takes the place of another, appears or goes."""

    #: Of the file, within the book.
    path: str
    #: SHA-256 of the content before and after, in hex; empty for "not there".
    old: str
    new: str
    #: The name beside the file of what is to take its place, and afterwards of what it was.
    temporary: str


@dataclass(frozen=True, slots=True)
class Intent:
    """Everything that one change does to the files."""

    op: str
    #: The machine on which it began.
    host: str
    steps: tuple[FileStep, ...]
    #: The journal within the book, its size in bytes before, and the lines that are added.
    journal: str
    size: int
    lines: str
    #: How many contacts there are afterwards; -1 if that is not known.
    contacts: int
    #: The same of follow-ups.
    follow_ups: int = -1


def digest(content: bytes | None) -> str:
    """A fingerprint of *content*, empty for a file that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def write_intent(intent: Intent) -> bytes:
    """*intent* as the content of its file."""
    body = json.dumps({"format": FORMAT, **asdict(intent)}, ensure_ascii=False).encode()
    return digest(body).encode() + b"\n" + body


def read_intent(content: bytes) -> Intent | None:
    """The intent in *content*; None if it was not written to its end, or is none of ours.

    A path in it that is not one of a book's own files makes it none of ours.

    Raises:
        FileError: a later version of leadctl has written it.
    """
    seal, _, body = content.partition(b"\n")
    if seal.decode("ascii", "replace") != digest(body):
        return None
    try:
        data = json.loads(body)
        if data.pop("format") > FORMAT:
            message = "a newer leadctl was interrupted while it wrote to this book"
            raise FileError(message, hint="nothing was changed; run that version once")
        data["steps"] = tuple(FileStep(**step) for step in data["steps"])
        intent = Intent(**data)
        return intent if _is_possible(intent) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _is_possible(intent: Intent) -> bool:
    """True if leadctl may have written *intent*; it may come with a book from somebody else."""
    counts = (intent.size, intent.contacts, intent.follow_ups)
    is_whole = all(isinstance(each, int) for each in counts)
    lines = [line for line in intent.lines.split("\n") if line]
    return (
        is_whole
        and intent.size >= 0
        and isinstance(intent.op, str)
        and intent.journal == "journal.jsonl"
        and all(isinstance(json.loads(line), dict) for line in lines)
        and all(_is_step(step) for step in intent.steps)
    )


def _is_step(step: FileStep) -> bool:
    is_near = _OF_BOOK.fullmatch(step.path) and not {".", ".."} & set(step.path.split("/"))
    return bool(is_near and _TEMPORARY.fullmatch(step.temporary))

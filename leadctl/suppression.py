"""The suppression list: addresses of forgotten people as salted hashes, so that none comes back.

An address is compared as the search for duplicates does it: an e-mail folded, a phone by its
digits. The list names nobody, but who has it can try out addresses, and there are few phones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadctl.contacts import split_values
from leadctl.matching import digits, fold
from leadctl.problems import Problem, Where
from leadctl.records import Value

#: The file, in the folder of the book.
NAME = "suppressed.txt"
#: An import of 3,900 rows with two unknown addresses each takes about a second and a half.
ROUNDS = 250
#: A damaged list must not make an import run for hours.
_MOST_ROUNDS = 100_000
# "n/a" or an extension makes nobody the same person; the import draws the line there as well.
_SHORTEST_PHONE = 5
_KEY = re.compile(r"key pbkdf2-sha256 ([1-9][0-9]{0,8}) ([0-9a-f]{32})")
_HASH = re.compile(r"[0-9a-f]{32}")
_HEADER = """\
# Addresses of people who asked to be forgotten. leadctl writes this file; keep it with the book.
#
# Each line after the key is the salted hash of one e-mail address or phone number. No name and
# no address can be read from it, but `leadctl import` and `leadctl add` recognise them and do
# not let these people in again. If two branches have added lines, keep those of both.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address or a phone number in the form in which it is compared."""

    #: email or phone.
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """What the addresses of a book are hashed with."""

    salt: bytes
    rounds: int = ROUNDS

    def hash(self, address: Address) -> str:
        """32 hexadecimal digits that stand for *address*."""
        text = f"{address.field}:{address.text}".encode("utf-8", "surrogatepass")
        return hashlib.pbkdf2_hmac("sha256", text, self.salt, self.rounds, dklen=16).hex()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What the list of a book says."""

    #: One, or several after branches were merged.
    keys: tuple[Key, ...] = ()
    hashes: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def holds(self, address: Address) -> bool:
        """True if *address* belongs to somebody forgotten; costs nothing if nobody is."""
        return bool(self.hashes) and any(key.hash(address) in self.hashes for key in self.keys)


#: The list of a book that has forgotten nobody.
NOBODY = Suppressed()


def addresses(values: Mapping[str, Value]) -> dict[Address, str]:
    """Every address among *values*, with the text that it was written as."""
    found: dict[Address, str] = {}
    for text in split_values(values.get("email", "")):
        if "@" in text:
            found.setdefault(Address("email", fold(text)), text)
    for text in split_values(values.get("phone", "")):
        if len(digits(text)) >= _SHORTEST_PHONE:
            found.setdefault(Address("phone", digits(text)), text)
    return found


def suppressed_among(values: Mapping[str, Value], suppressed: Suppressed) -> tuple[str, ...]:
    """The addresses among *values* that are on the list, as they are written."""
    if not suppressed.hashes:
        return ()
    found = addresses(values)
    return tuple(text for address, text in found.items() if suppressed.holds(address))


def read_suppressed(text: str) -> Suppressed:
    """What *text*, the content of the file, says; a line that is none of ours is a problem."""
    keys: list[Key] = []
    hashes: set[str] = set()
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        key = _KEY.fullmatch(stripped)
        if key and int(key[1]) <= _MOST_ROUNDS:
            keys.append(Key(bytes.fromhex(key[2]), int(key[1])))
        elif _HASH.fullmatch(stripped):
            hashes.add(stripped)
        elif stripped and not stripped.startswith("#"):
            problems.append(_problem(number, "this line is neither a key nor a hash"))
    if hashes and not keys:
        problems.append(_problem(1, "the key is missing: nobody can be recognised by this list"))
    return Suppressed(tuple(dict.fromkeys(keys)), frozenset(hashes), tuple(problems))


def with_addresses(text: str, wanted: Iterable[Address], *, salt: bytes) -> str:
    """*text*, the content of the file, with *wanted* on the list as well; *salt* if it is new."""
    listed = read_suppressed(text)
    missing = [address for address in wanted if not listed.holds(address)]
    if not missing:
        return text
    key = listed.keys[0] if listed.keys else Key(salt)
    lines = [key.hash(address) for address in missing]
    if not listed.keys:
        lines.insert(0, f"key pbkdf2-sha256 {key.rounds} {key.salt.hex()}")
    start = text if text.strip() else _HEADER
    gap = "" if start.endswith("\n") else "\n"
    return f"{start}{gap}{chr(10).join(lines)}\n"


def _problem(line: int, message: str) -> Problem:
    hint = "put it back from a copy; after a merge, keep the lines of both sides"
    return Problem(Where(NAME, line), message, hint, blocks_writing=True)

"""Files of up to 1 MB made to exhaust whoever reads them: leadctl says what is wrong, and soon.

The limits allow for a slow and busy machine; `pytest -s` prints what was used.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.corpus.sound import lay, sound_files
from tests.costs import cost

#: Seconds of the processor; on a quiet machine all take less than one.
MOST_SECONDS = 3.0
#: More than 140,000 records are honest work, if not honest records.
MANY_RECORDS = {"tiny records", "flow pairs"}
#: Megabytes that may be used at any moment.
MOST_MEMORY = 200
MEGABYTE = 1_000_000


def _repeated(text: str, size: int = MEGABYTE) -> str:
    return text * (size // len(text.encode()))


def _numbered(line: str) -> str:
    """As many copies of *line* as make a megabyte, each with its number."""
    size = len(line.format(100_000))
    return "".join(line.format(number) for number in range(MEGABYTE // size))


def _bomb(first: str, layer: str, depth: int = 9) -> str:
    """Layers that each say the one before several times."""
    return first + "".join(layer.format(new=n + 1, old=n) for n in range(depth))


#: What is in the file, by its name.
BOMBS: Mapping[str, str] = {
    "aliases": _bomb("- &a0 [x, x]\n", "- &a{new} [" + ", ".join(["*a{old}"] * 9) + "]\n"),
    "aliases of mappings": _bomb(
        "a0: &a0 {x: y}\n", "a{new}: &a{new} {{p: *a{old}, q: *a{old}}}\n", 40
    ),
    "merges": _bomb(
        "a0: &a0 {x: y}\n", "a{new}: &a{new}\n  <<: [" + ", ".join(["*a{old}"] * 9) + "]\n"
    ),
    "recursion": "&a [*a, *a]\n",
    "brackets": _repeated("["),
    "brackets in a field": "- id: ada\n  note: " + _repeated("["),
    "braces": _repeated("{"),
    "braces with keys": _repeated("{a: "),
    "dashes": _repeated("- "),
    "dashes, one a line": _repeated("-\n"),
    "question marks": _repeated("? "),
    "colons": _repeated(": "),
    "deep blocks": "".join(f"{' ' * depth}a:\n" for depth in range(1_400)),
    "one long value": "- id: ada\n  name: Ada\n  note: " + _repeated("x"),
    "one long quoted value": '- id: ada\n  name: Ada\n  note: "' + _repeated("x") + '"\n',
    "one long word": _repeated("x"),
    "one long field name": "- " + _repeated("k") + ": x\n",
    "a block text": "- id: ada\n  name: Ada\n  note: |\n" + _repeated("    x\n"),
    "tiny records": _repeated("- a: b\n"),
    "records of one id": _repeated("- {id: ada, name: Ada, status: New}\n"),
    "records with a mistake": _repeated("- a: b: c\n"),
    "records with an open quote": _repeated('- a: "b\n'),
    "records with a tab": _repeated("- a: b\n\tc: d\n"),
    "fields": "- id: ada\n" + _numbered("  f{0:06}: x\n"),
    "one field again and again": "- id: ada\n" + _repeated("  a: b\n"),
    "statuses": "default: S000001\nstatuses:\n" + _numbered("  S{0:06}: {{}}\n"),
    "views": "default: New\nstatuses: {New: {}}\nviews:\n" + _numbered("  v{0:06}: 'is:due'\n"),
    "anchors": _numbered("- &a{0:06} x\n"),
    "tags": _numbered("- !t{0:06} x\n"),
    "comments": _repeated("# x\n"),
    "one comment": "#" + _repeated("x"),
    "quotes": _repeated('"'),
    "single quotes": _repeated("'"),
    "quoted texts": _repeated('"a" '),
    "escapes": '- "' + _repeated("\\"),
    "surrogate halves": '- "' + _repeated(r"\ud83d"),
    "surrogate pairs": '- id: ada\n  name: Ada\n  note: "' + _repeated(r"\ud83d\ude00") + '"\n',
    "tabs": _repeated("\t"),
    "blanks": _repeated(" "),
    "blank lines": _repeated("\n"),
    "carriage returns": _repeated("\r"),
    "line separators": _repeated("\u2028"),
    "documents": _repeated("---\n"),
    "document ends": _repeated("...\n"),
    "directives": _repeated("%YAML 1.1\n"),
    "conflict marks": _repeated("<<<<<<< a\n"),
    "conflicts": _repeated("<<<<<<< a\n=======\n>>>>>>> b\n"),
    "flow pairs": "[" + _repeated("a: b, "),
    "flow items": "- id: ada\n  name: Ada\n  tags: [" + _repeated("a,") + "]\n",
    "flow mapping": "{" + _numbered("k{0:06}: x, ") + "}",
    "commas": "[" + _repeated(","),
    "control characters": _repeated("\x01"),
    "emoji": _repeated("😀"),
    "combining marks": "- id: ada\n  name: a" + _repeated("\u0301"),
    "ampersands": _repeated("&"),
    "asterisks": _repeated("*"),
    "exclamation marks": _repeated("!"),
    "pipes": _repeated("|\n"),
}  # fmt: skip


#: stages.yaml is read by the same parser, and built into another tree: each has its turn.
PAIRS = [("contacts.yaml", name) for name in BOMBS if name not in sorted(BOMBS)[::3]]
PAIRS += [("stages.yaml", name) for name in sorted(BOMBS)[::3]]


@pytest.mark.parametrize(("file", "name"), PAIRS)
def test_a_hostile_file_is_done_with_soon(file: str, name: str, tmp_path: Path) -> None:
    book = tmp_path / "book"
    lay({**sound_files(), file: BOMBS[name]}, book)

    used = cost(book, "list", "--limit", "3")

    sys.stdout.write(f"{file} {name}: {used.seconds:.2f} s, {used.megabytes:.0f} MB\n")
    assert used.code in (0, 3), used.err[-2000:]
    assert "Traceback" not in used.err
    assert used.seconds < MOST_SECONDS * (2 if name in MANY_RECORDS else 1)
    assert used.megabytes < MOST_MEMORY

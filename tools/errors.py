"""Writes the page of the reference that shows every bad input of the corpus, and what is said.

python tools/errors.py            writes the page
python tools/errors.py --check    exits 1 and says what differs
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.corpus.case import Case  # noqa: E402  # the tests are no installed package
from tests.corpus.sound import sound_files  # noqa: E402
from tests.corpus.trying import try_case  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "errors.md"
#: Kind → the heading of its section and what it is about.
KINDS = {
    "Y": ("YAML", "Mistakes in `contacts.yaml`, or in the files of the folder `contacts`."),
    "S": ("stages.yaml and settings", "Mistakes in the statuses, stages, fields and views."),
    "C": ("CSV", "Mistakes in `contacts.csv` and in files to be imported."),
    "J": ("Journal", "Mistakes in `journal.jsonl`."),
    "T": ("Follow-ups", "Mistakes in `followups.yaml` and `followups.csv`."),
    "F": ("Files and environment", "What disks, other programs and the system do."),
    "X": ("Security", "Input that means harm."),
    "P": ("Privacy", "People who want to be forgotten or left alone."),
}
_ORIGIN = "<!-- Written by tools/errors.py from tests/corpus; `make reference` renews it. -->"
_WIDTH = 100
_MOST_LINES = 12
#: What differs from run to run: ids, times, numbers of processes.
_MASKED = (
    (re.compile(r"\b[0-9a-hjkmnp-tv-z]{16}\b"), "EVENT"),
    (re.compile(r"(?<=leadctl undo )[0-9a-hjkmnp-tv-z]{6}\b"), "OP"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)?"), "TIME"),
    (re.compile(r"\btxn-[0-9a-f]{8}\b"), "txn-NUMBER"),
    (re.compile(r"~[a-z]{8}\b"), "~NOBODY"),
    (re.compile(r"\bpid \d+"), "pid 4711"),
    (re.compile(r"\b\d{13,}\b"), "NUMBER"),
)


def main(words: list[str]) -> int:
    """Write the page, or with `--check` compare it; the exit code."""
    text = page()
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if words != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if text != old:
        before, now = (each.splitlines(keepends=True) for each in (old, text))
        lines = difflib.unified_diff(before, now, n=0)
        sys.stdout.writelines(["errors.md is out of date: `make reference` renews it\n", *lines])
    return int(text != old)


def page() -> str:
    """The text of the page."""
    return "\n".join(_lines()) + "\n"


def cases() -> list[Case]:
    """Every case of the corpus, by kind and number."""
    modules = sorted(path.stem for path in (ROOT / "tests" / "corpus").glob("*_cases.py"))
    found = [case for name in modules for case in import_module(f"tests.corpus.{name}").CASES]
    return sorted(found, key=_order)


def _order(case: Case) -> tuple[int, int, str]:
    number = re.fullmatch(r"([A-Z])(\d+)([a-z]*)", case.row)
    if number is None:
        raise ValueError(f'"{case.row}" is no number of a case')
    return list(KINDS).index(number[1]), int(number[2]), number[3]


def _lines() -> Iterator[str]:
    found = cases()
    yield from ("# Errors", "", _ORIGIN, "")
    yield f"Here are {len(found)} bad inputs and faults, and what leadctl says to each."
    yield "All of them are tried at every test run, on a book of three contacts."
    yield "Unless something else is said, not one byte of the book is different afterwards."
    yield "What the exit codes mean is told [here](exit-codes.md)."
    yield ""
    for kind, (title, _) in KINDS.items():
        count = sum(1 for case in found if case.row.startswith(kind))
        if count:
            yield f"- [{title}](#{_anchor(title)}): {count}"
    for kind, (title, about) in KINDS.items():
        section = [case for case in found if case.row.startswith(kind)]
        if section:
            yield from ("", f"## {title}", "", about)
        for case in section:
            yield from _case(case)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")


def _case(case: Case) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        tried = try_case(case, Path(folder))
        private = (folder, str(Path(folder).resolve()))
    printed = tried.outcome.err or tried.outcome.out
    if tried.outcome.err and case.command[0] == "check":
        printed = tried.outcome.out + tried.outcome.err
    yield from ("", f"### {case.row}: {_escaped(case.title)}", "")
    for name, lines in _offending(case):
        yield from (f"`{name}`:", "", *_fenced("text", lines), "")
    for name in sorted(case.changes):
        yield f"`{name}` changes."
    if case.changes:
        yield ""
    command = f"$ leadctl {' '.join(_word(word, private) for word in case.command)}"
    shown = _shortened(_masked(printed, private).rstrip("\n").split("\n"))
    yield from _fenced("text", [command, *(line for line in shown if line)])
    yield from ("", f"Exit code {tried.outcome.code}.")


def _offending(case: Case) -> Iterator[tuple[str, list[str]]]:
    """The lines that each file has beyond the sound book, as far as they can be shown."""
    sound = sound_files(case.form)
    for name, content in case.files.items():
        text = content if isinstance(content, str) else content.decode("utf-8", "backslashreplace")
        known = set(sound.get(name, "").split("\n"))
        lines = [line for line in text.split("\n") if line not in known]
        if lines:
            yield name, _shortened([_visible(line) for line in lines])


def _visible(line: str) -> str:
    """*line* with everything that cannot be seen as an escape."""
    return (
        "".join(
            each if each.isprintable() or each == "\t" else each.encode("unicode_escape").decode()
            for each in line
        )
        .replace("\t", "→   ")
        .replace("\xa0", "·")
    )


def _shortened(lines: Sequence[str]) -> list[str]:
    short = [line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…" for line in lines[:_MOST_LINES]]
    return [line.rstrip() for line in short] + ["…"] * (len(lines) > _MOST_LINES)


def _masked(text: str, private: Sequence[str]) -> str:
    for folder in private:
        text = text.replace(f"{folder}/book", "/home/marta/book").replace(folder, "/home/marta")
    for pattern, mask in _MASKED:
        text = pattern.sub(mask, text)
    return "\n".join(_visible(line) for line in text.split("\n"))


def _word(word: str, private: Sequence[str]) -> str:
    shown = _masked(word, private).replace("\n", r"\n")
    return shown if re.fullmatch(r"[\w./:@=%+,-]+", shown) else f"'{shown}'"


def _fenced(language: str, lines: Sequence[str]) -> Iterator[str]:
    longest = max((len(found[0]) for line in lines for found in re.finditer("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", *lines, fence)


def _escaped(title: str) -> str:
    return re.sub(r"([<>*_`\[\]|])", r"\\\1", title)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

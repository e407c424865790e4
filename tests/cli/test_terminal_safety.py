"""Nothing that data, names of files or the command line hold can steer a terminal."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from leadctl.cli.main import confess
from leadctl.errors import ExitCode
from tests.commands import PROGRAM, Run, surroundings
from tests.terminal_paths import offences, outputs

#: Colours are leadctl's own: nothing else between them comes from it.
_COLOUR = re.compile(r"\x1b\[(?:0|1|2|(?:1;)?[39][0-7])m")
EVIL = "e\x1b]52;c;eA==\x07v\x9b2Ji\u202el\u2066\u200b\U000e0041\u2028x"
OnTerminal = Callable[..., str]


def test_no_way_to_a_terminal_lets_anything_through(run: Run) -> None:
    chance, wrong = random.Random(10_000), []
    for turn in range(100):
        wrong += [name for name, text in outputs(chance, turn, 100) if offences(text)]

    assert wrong == []


def test_the_law_is_no_dead_letter() -> None:
    odd = (
        "\x1b",
        "\x9b",
        "\t",
        "\r",
        "\u202e",
        "\u2029",
        "a\u200db",
        "\ufeff",
        "\U000e0041",
        "\ud800",
    )

    assert [text for text in odd if not offences(f"a{text}b")] == []
    assert offences("plain é漢 \u0915\u094d\u200d\u0937 \u2764\ufe0f\n1\ufe0f\u20e3") == []


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book whose every value, name and file name is hostile, and some of it unsound."""
    root = tmp_path / f"b{EVIL}\nx"
    (root / "contacts").mkdir(parents=True)
    fields = ("name", "company", "title", "note", "source", "owner", "external_id")
    values = dict.fromkeys(fields, EVIL)
    sound = {"id": "ada", **values, "status": "New", "tags": [EVIL], "email": EVIL, "own": EVIL}
    unsound = {"id": EVIL, "name": EVIL, "status": EVIL, "due": EVIL, "birthday": EVIL, EVIL: EVIL}
    for name, record in (("ada.yaml", sound), (f"{EVIL}\ny.yaml", unsound)):
        (root / "contacts" / name).write_text(json.dumps(record), encoding="utf-8")
    (root / "contacts" / "raw.yaml").write_text(f"id: raw\nname: {EVIL}\n\tx", encoding="utf-8")
    stages = {
        "default": "New",
        "stages": {"Hot": {"statuses": ["New", EVIL], "colour": "red"}},
        "statuses": {"New": {"touch_every": "1 day"}, EVIL: {"touch_every": "never"}},
        "views": {"odd": EVIL},
    }
    (root / "stages.yaml").write_text(json.dumps(stages), encoding="utf-8")
    event = {
        "id": "0000000000000001", "op": "aaaaaa", "at": "2026-11-20T12:00:00+00:00",
        "kind": "touched", "contact": "ada", "on": "2026-11-20", "by": EVIL, "note": EVIL,
        "via": EVIL, "outcome": EVIL, "origin": EVIL, "changes": {EVIL: [EVIL, EVIL]},
    }  # fmt: skip
    lines = f"{json.dumps(event)}\n{EVIL}\n".encode()
    (root / "journal.jsonl").write_bytes(lines)
    (root / f"in{EVIL}.csv").write_text(f"id,name,{EVIL}\nx,{EVIL},{EVIL}\n", encoding="utf-8")
    return root


@pytest.fixture
def on_terminal(private: Path, book: Path) -> OnTerminal:
    """Runs the installed leadctl in the book with all its streams on one pseudo-terminal."""

    def start(*words: str, **environment: str) -> str:
        ours, theirs = pty.openpty()
        # Without this the terminal itself would turn every line feed into two characters.
        subprocess.run(["stty", "-opost", "-echo"], stdin=theirs, check=True)
        os.write(ours, b"n\n")
        process = subprocess.Popen(
            [PROGRAM, *words],
            cwd=book,
            env={"PATH": os.defpath, **surroundings(private), **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        seen = _drained(ours)
        os.close(ours)
        assert process.wait(timeout=60) != ExitCode.BUG, seen
        return _COLOUR.sub("", seen.decode("utf-8", "surrogateescape"))

    return start


def _drained(terminal: int) -> bytes:
    seen = b""
    while True:
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            return seen


READS = [
    ("prospects",), ("prospects", "--explain", "ada"), ("list", "-v"), ("show", "ada"),
    ("history", "ada"), ("history",), ("pipeline",), ("report", "status"), ("values", "source"),
    ("values", "tags"), ("stages",), ("list", "--columns", "id,name,own,tags,note"),
]  # fmt: skip
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "ids")


@pytest.mark.slow
@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_hostile_book_is_shown_harmlessly_in_every_format(
    on_terminal: OnTerminal, words: tuple[str, ...]
) -> None:
    unsafe = {
        wanted: offences(text.replace("\t", " ") if wanted == "tsv" else text)
        for wanted in FORMATS
        if (text := on_terminal(*words, "--format", wanted, "--raw"))
    }

    assert len(unsafe) == len(FORMATS)
    assert {wanted: found for wanted, found in unsafe.items() if found} == {}


REFUSALS: list[tuple[tuple[str, ...], dict[str, str]]] = [
    ((EVIL,), {}),
    (("list", f"--{EVIL}"), {}),
    (("list", "--limit", EVIL), {}),
    (("list", f"{EVIL}:x"), {}),
    (("list", f"status:{EVIL}"), {}),
    (("list", f"name~({EVIL}"), {}),
    (("list", "--sort", EVIL), {}),
    (("list", "--columns", EVIL), {}),
    (("list", "--as-of", EVIL), {}),
    (("list", f"@{EVIL}"), {}),
    (("list", "@odd:x"), {}),
    (("list", "--strict"), {}),
    (("show", EVIL), {}),
    (("touch", EVIL), {}),
    (("touch", "ada", "--via", EVIL), {}),
    (("touch", "ada", "-m", EVIL, "-n"), {}),
    (("set-status", EVIL, "ada"), {}),
    (("set-status", "New", "--from", EVIL), {}),
    (("set", "ada", f"{EVIL}=x"), {}),
    (("set", "ada", f"birthday={EVIL}"), {}),
    (("set", "--all", f"note={EVIL}"), {}),
    (("add", EVIL, "--status", EVIL), {}),
    (("add", EVIL, "--email", EVIL, "-n"), {}),
    (("import", EVIL), {}),
    (("import", f"in{EVIL}.csv", "-n", "-v"), {}),
    (("import", f"in{EVIL}.csv", "--map", f"{EVIL}={EVIL}"), {}),
    (("init", EVIL, "--preset", EVIL), {}),
    (("init", "."), {}),
    (("check",), {}),
    (("check", "--json"), {}),
    (("check", EVIL), {}),
    (("stages", "check"), {}),
    (("report", EVIL), {}),
    (("--book", EVIL, "list"), {}),
    (("list",), {"LEADCTL_TODAY": EVIL}),
    (("list",), {"LEADCTL_BOOK": EVIL}),
    (("list",), {"XDG_CACHE_HOME": f"/tmp/{EVIL}\0"[:-1], "HOME": EVIL, "TZ": EVIL}),
    (("completion", EVIL), {}),
    (("history", "--op", EVIL), {}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "environment"), REFUSALS)
def test_what_is_said_about_hostile_words_is_harmless(
    on_terminal: OnTerminal, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    assert offences(on_terminal(*words, **environment)) == []


def test_a_message_stays_on_its_line_whatever_it_quotes(run: Run) -> None:
    done = run("list", "--book", "x\nleadctl: error: all is lost")

    assert done.err.split("\n")[0].endswith('"x ↵ leadctl: error: all is lost"')


def test_a_mistake_of_leadctl_is_told_without_the_values_it_happened_with(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str) -> None:
        raise KeyError("quoted\x1b[31m")

    try:
        fail("Ada Lovelace")
    except KeyError:
        code = confess()
    said = capsys.readouterr().err

    assert code == ExitCode.BUG
    assert "KeyError: 'quoted\\x1b[31m'" in said
    assert "Ada Lovelace" not in said.replace('fail("Ada Lovelace")', "")
    assert "report the lines above" in said
    assert offences(said) == []


def test_json_on_stdout_is_json_whatever_is_in_it(run: Run, agent: Path) -> None:
    done = run("add", "X\u202ey\U000e0041z\u2028", "-n", "--json")

    assert json.loads(done.out)["dry_run"] is True
    assert offences(done.out) == []

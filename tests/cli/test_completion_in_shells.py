"""TAB in real shells: what is safe is completed, and nothing out of a book is ever run."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.commands import PROGRAM, surroundings
from tests.pseudo_terminal import COMMANDS, Shell, require

#: Each makes a file `ran` if a shell ever reads it as a command.
PAYLOADS = (
    "a$(touch ran)", "a`touch ran`", "a;touch ran", "a\\$(touch ran)", "a\\\\$(touch ran)",
    "a|touch ran", "a&touch ran", "a\ntouch ran", "a';touch ran;'", 'a";touch ran;"', "a\x1b]0;x",
    "a$'\\ntouch ran'", "a<(touch ran)", "a${x:-$(touch ran)}", "(touch ran)", "$(touch ran)",
    "`touch ran`", "-rf", "~root", "*", "{a,b}", "!!", "a=$(touch ran)", "a:$(touch ran)",
    "a #b", "a\ttouch ran", "a\rtouch ran", "a (touch ran)", "a\u2028touch ran",
)  # fmt: skip

CONTACTS = "".join(
    f"- {{id: {json.dumps(text)}, name: {json.dumps(text)}, status: New, tags: [{json.dumps(text)}]"
    f", {json.dumps('x' + text)}: y}}\n"
    for text in PAYLOADS
) + "".join(
    f"- {{id: good-{number}, name: {json.dumps(text)}, status: {json.dumps(text)}}}\n"
    for number, text in enumerate(PAYLOADS)
) + (
    "- {id: ada-lovelace, name: Ada, status: Non Client, created: 2026-11-20, tags: [vip],"
    " source: Open house, owner: marta}\n"
)  # fmt: skip

FOLLOW_UPS = "- {id: k7m2, contact: ada-lovelace, what: ask, due: 2026-11-25}\n"
PLAN = "steps:\n  - {do: say hello, after: 1 day}\n"

STAGES = """\
default: New
stages:
  Hot: {statuses: [New]}
  Cold:
    statuses: [Non Client, "z$(touch ran)", "z;touch ran", "z`touch ran`", "z\\\\$(touch ran)"]
statuses:
  New: {touch_every: 2 days}
  Non Client: {touch_every: never}
  "z$(touch ran)": {touch_every: never}
  "z;touch ran": {touch_every: never}
  "z`touch ran`": {touch_every: never}
  "z\\\\$(touch ran)": {touch_every: never}
views:
  hot: "stage:Hot"
"""

Start = Callable[[str], AbstractContextManager[Shell]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    root.mkdir()
    (root / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    (root / "stages.yaml").write_text(STAGES, encoding="utf-8")
    (root / "followups.yaml").write_text(FOLLOW_UPS, encoding="utf-8")
    for folder, name, text in (
        ("plans", "welcome.yaml", PLAN),
        ("templates", "hello.md", "Hello\n"),
    ):
        (root / folder).mkdir()
        (root / folder / name).write_text(text, encoding="utf-8")
        (root / folder / f"x$(touch ran){name}").write_text(text, encoding="utf-8")
    event = {"id": "0", "op": "$(touch ran)", "at": "2026-11-20T12:00:00+00:00", "kind": "touched"}
    line = json.dumps({**event, "contact": "ada-lovelace", "on": "2026-11-20"})
    (root / "journal.jsonl").write_text(f"{line}\n", encoding="utf-8")
    (root / "leads$(touch ran).csv").write_text("id,name\n", encoding="utf-8")
    return root


@pytest.fixture
def start(tmp_path: Path, private: Path, book: Path) -> Start:
    """Starts a shell in the book, with a leadctl that writes down what it is asked to do."""
    programs = tmp_path / "programs"
    programs.mkdir()
    stand_in = programs / "leadctl"
    stand_in.write_text(
        f'#!/bin/sh\n[ "$1" = __complete ] && exec {PROGRAM} "$@"\n'
        f"cd {tmp_path} && printf '%s\\0' \"$@\" >asked.new && mv asked.new asked\n",
        encoding="ascii",
    )
    stand_in.chmod(0o755)
    environment = {**surroundings(private), "PATH": f"{programs}:{os.environ['PATH']}"}

    def begin(name: str) -> AbstractContextManager[Shell]:
        require(name)
        script = tmp_path / f"leadctl.{name}"
        done = subprocess.run([PROGRAM, "completion", name], capture_output=True, check=True)
        script.write_bytes(done.stdout)
        return Shell(name, script=script, folder=book, environment=environment)

    return begin


@pytest.fixture(params=sorted(COMMANDS))
def shell(request: pytest.FixtureRequest, start: Start) -> Iterator[Shell]:
    with start(request.param) as shell:
        yield shell


def asked(folder: Path) -> list[str]:
    """What leadctl was asked to do since the last time, once it has been."""
    note = folder / "asked"
    end = time.monotonic() + 20
    while not note.exists():
        assert time.monotonic() < end, "the command line was not run"
        time.sleep(0.02)
    words = note.read_bytes().decode().split("\0")[:-1]
    note.unlink()
    return words


#: What is typed before TAB, and the words that leadctl gets on Enter.
COMPLETED = [
    ("leadctl tou\t", ["touch"]),
    ("leadctl touch ada\t", ["touch", "ada-lovelace"]),
    ("leadctl list status:Ne\t", ["list", "status:New"]),
    ("leadctl list status:Non\t", ["list", "status:Non Client"]),
    ("leadctl set-status Non\tada\t", ["set-status", "Non Client", "ada-lovelace"]),
    ("leadctl set-status Non\\ Cl\tada\t", ["set-status", "Non Client", "ada-lovelace"]),
    ("leadctl list stag\tHo\t", ["list", "stage:Hot"]),
    ("leadctl list -status:Ne\t", ["list", "-status:New"]),
    ("leadctl list @h\t", ["list", "@hot"]),
    ("leadctl list --format=jsonl\t", ["list", "--format=jsonl"]),
    ("leadctl list --form\tmd", ["list", "--format", "md"]),
    ("leadctl list --format=cs\t", ["list", "--format=csv"]),
    ("leadctl --format cs\tlist", ["--format", "csv", "list"]),
    ("leadctl report sta\tstage:Ho\t", ["report", "status", "stage:Hot"]),
    ("leadctl set ada\tdo_not\tye\t", ["set", "ada-lovelace", "do_not_contact=yes"]),
    ("leadctl list --columns id,na\t", ["list", "--columns", "id,name"]),
    ("leadctl import lea\t", ["import", "leads$(touch ran).csv"]),
    ("leadctl touch 'x y' ada\t", ["touch", "x y", "ada-lovelace"]),
    ("true; leadctl touch ada\t", ["touch", "ada-lovelace"]),
    ('leadctl set-status "Non\tada\t', ["set-status", "Non Client", "ada-lovelace"]),
    ("leadctl set-status 'Non C\tada\t", ["set-status", "Non Client", "ada-lovelace"]),
    ('leadctl list status:"Non\tname:x', ["list", "status:Non Client", "name:x"]),
    (
        "leadctl set-status New --where 'tag:vip stage:Ho\t-n",
        ["set-status", "New", "--where", "tag:vip stage:Hot", "-n"],
    ),
    ("leadctl set ada-lovelace tags+=vi\t", ["set", "ada-lovelace", "tags+=vip"]),
    ("leadctl list source:Open\t", ["list", "source:Open house"]),
    ("leadctl stages mo\tNon\t--first", ["stages", "move", "Non Client", "--first"]),
    ("leadctl help todo mo\t", ["help", "todo", "move"]),
    ("leadctl list -- -tag:vi\t", ["list", "--", "-tag:vip"]),
    ("leadctl touch ad -m x\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\t", ["touch", "ada-lovelace", "-m", "x"]),
]


def test_what_is_safe_is_completed(shell: Shell, tmp_path: Path) -> None:
    done = []
    for typed, _ in COMPLETED:
        for keys in typed.split("\t")[:-1]:
            shell.press(f"{keys}\t")
            shell.settle(pause=0.3)
        shell.press(typed.rpartition("\t")[2] + "\r")
        done.append((typed, asked(tmp_path)))

    assert done == COMPLETED


#: What is typed before TAB is pressed twice, and then Enter.
PROBES = (
    "leadctl ", "leadctl touch ", "leadctl touch a", "leadctl touch -", "leadctl touch '",
    'leadctl touch "', "leadctl touch ~", "leadctl touch *", "leadctl touch {", "leadctl touch $",
    "leadctl touch `", "leadctl show good-1", "leadctl list status:", "leadctl list status:z",
    "leadctl list x", "leadctl list tag:", "leadctl list name:a", "leadctl set-status ",
    "leadctl set-status z", "leadctl set ada-lovelace ", "leadctl set ada-lovelace x",
    "leadctl set ada-lovelace status=", "leadctl set ada-lovelace status=z", "leadctl values ",
    "leadctl list --columns ", "leadctl list --columns x", "leadctl history --op ",
    "leadctl history --op $", "leadctl import ", "leadctl pipeline ", "leadctl pipeline z",
)  # fmt: skip


@pytest.mark.slow
def test_nothing_out_of_a_hostile_book_is_run(shell: Shell, book: Path) -> None:
    for typed in PROBES:
        shell.press(f"{typed}\t\t")
        shell.settle()
        shell.press("\r")
        shell.settle(pause=0.15)
        # An open quote, a pager or a question is left behind.
        shell.press("\x03")
        shell.settle(pause=0.05)
        shell.press("\x15")

    assert not (book / "ran").exists()
    assert {path.name for path in book.parent.rglob("ran*")} == set()


#: Typed by the user, and dangerous if anything on the way evaluates the words of the line.
TYPED = (
    "leadctl touch $(touch ran)", "leadctl touch `touch ran`", "leadctl touch a$(touch ran)b",
    "leadctl --book $(touch ran) touch a", "leadctl list status:$(touch ran)",
    "leadctl $(touch ran) ",
    'leadctl touch "$(touch ran)" a', "leadctl touch \\$(touch ran) a", "leadctl touch ${x:=ran} a",
    "$(touch ran) leadctl touch a", "./leadctl$(touch ran) touch a", "leadctl touch <(touch ran) a",
    "leadctl --format=$(touch ran)", "leadctl list 'a'\"$(touch ran)\" ",
)  # fmt: skip


@pytest.mark.slow
def test_a_half_typed_line_is_not_run_by_tab(shell: Shell, book: Path) -> None:
    if shell.name == "zsh":
        # By itself zsh expands the word under the cursor, with or without completion.
        shell.press("bindkey '^I' complete-word\r")
    for typed in TYPED:
        shell.press(f"{typed}\t\t")
        shell.settle()
        shell.press("\x03")
        shell.settle(pause=0.05)
        shell.press("\x15")

    assert {path.name for path in book.parent.rglob("ran*")} == set()

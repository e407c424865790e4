"""What a shell is told on TAB, asked as the scripts ask; the shells themselves are another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadctl.cli.commands import COMMANDS, TOPICS
from leadctl.cli.slots import command_named
from leadctl.importing.rules import ON_DUPLICATE
from leadctl.query.flags import FLAGS
from tests.commands import NewBook, Outcome, Run, tree

CONTACTS = """\
- {id: ada-lovelace, name: Ada, status: New, tags: [vip, first-time], owner: marta,
   source: Open house}
- {id: adam-smith, name: Adam, status: Engage, tags: [vip], source: Referral, size: large}
- {id: bela, name: Béla, status: New, tags: ["$(touch ran)", "a;b", "it's"], owner: "x\\e[2J"}
"""
FOLLOW_UPS = "- {id: k7m2, contact: bela, what: ask, due: 2026-11-25}\n"
STAGES = """\
default: New
stages: {Hot: {statuses: [New, Engage]}, Lost: {statuses: [Gone], outcome: lost}}
statuses:
  New: {touch_every: 2 days}
  Engage: {touch_every: 7 days}
  Gone: {touch_every: never, reason: required, reasons: [price, too late]}
fields: {size: {type: choice, choices: [small, large]}}
views: {hot: "stage:Hot"}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    root = new_book(CONTACTS, stages=STAGES)
    (root / "followups.yaml").write_text(FOLLOW_UPS, encoding="utf-8")
    for folder, name in (("plans", "welcome.yaml"), ("templates", "hello.md")):
        (root / folder).mkdir()
        (root / folder / name).write_text("Hello\n", encoding="utf-8")
    return root


#: The line up to the cursor, and all that may stand there; `…` for: and more.
OFFERED = [
    ("help que", "query"),
    ("help s", "snooze show set-status set schedule stages safety"),
    ("help todo m", "move"),
    ("help bela ", ""),
    ("touch ad", "ada-lovelace adam-smith"),
    ("touch bela a", "ada-lovelace adam-smith"),
    ("list tag:", "tag:vip tag:first-time"),
    ("list tag:vip,f", "tag:vip,first-time"),
    ("list -source:O", "-source:Open|house"),
    ("list not:owner:", "not:owner:marta"),
    ("list stage:", "stage:Hot stage:Lost"),
    ("list status:g", "status:Gone"),
    ("list size:", "size:small size:large"),
    ("list is:o", "is:overdue is:open"),
    ("list has:ph", "has:phone"),
    ("list no:ow", "no:owner"),
    ("list due:to", "due:today due:tomorrow"),
    ("list do_not_contact:", "do_not_contact:yes do_not_contact:no"),
    ("list id:", ""),
    ("list name:", ""),
    ("list @", "@hot"),
    ("list -- -tag:v", "-tag:vip"),
    ("list --columns id,na", "id,name"),
    ("list --sort -cre", "-created"),
    ("list --as-of yes", "yesterday"),
    ("list --colo", "--color"),
    ("list --color ", "auto always never"),
    ("values ta", "tags"),
    ("set bela tag", "tags= tags+= tags-="),
    ("set bela tags+=", "tags+=vip tags+=first-time"),
    ("set bela size=", "size=small size=large"),
    ("set bela stat", "status="),
    ("set-status ", "New Engage Gone"),
    ("set-status Gone bela --reason ", "price too|late"),
    ("set-status New --where 'tag:vip stage:", "tag:vip|stage:Hot tag:vip|stage:Lost"),
    ("set-status New --where 'source:", "source:Referral"),
    ("add X --source ", "Open|house Referral"),
    ("add X --tag f", "first-time"),
    ("add X --owner ", ""),
    ("add X --set own", "owner="),
    ("todo add bela call --owner ", "marta"),
    ("todo add bela call --due th", "thu"),
    ("todo ", "add list done move remove --help"),
    ("todo done ", "k7m2 bela"),
    ("todo move k", "k7m2"),
    ("todo remove be", "bela"),
    ("touch bela --next tom", "tomorrow"),
    ("touch bela --outcome ", "reached attempted"),
    ("snooze bela tod", "today"),
    ("plan apply ", "welcome"),
    ("plan apply welcome ad", "ada-lovelace adam-smith"),
    ("draft bela ", "hello"),
    ("report f", "funnel"),
    ("report activity --by w", "week"),
    ("stages r", "rename remove"),
    ("stages rename E", "Engage"),
    ("stages remove Gone --into ", "New Engage Gone"),
    ("stages add X --stage ", "Hot Lost"),
    ("stages add X --after N", "New"),
    ("import x.csv --on-duplicate ", " ".join(ON_DUPLICATE)),
    ("import ", ":files"),
    ("list --book ", ":folders"),
    ("completion z", "zsh"),
    ("nosuch ", ""),
    ("todo nosuch ", ""),
    ("list --nosuch=", ""),
    ("list $(", ""),
]


@pytest.mark.parametrize(("line", "offered"), OFFERED, ids=[line for line, _ in OFFERED])
def test_what_may_stand_there_is_offered(run: Run, book: Path, line: str, offered: str) -> None:
    front, quote, quoted = line.partition(" '")
    words = [*front.split(" "), *([f"'{quoted}"] if quote else [])]
    done = run("__complete", "fish", *words)

    assert [each.replace(" ", "|") for each in done.out.splitlines()] == offered.split()
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("name", [*COMMANDS, *(f"help {topic}" for topic in TOPICS)])
def test_every_command_completes_without_being_listed_anywhere(
    run: Run, book: Path, name: str
) -> None:
    *front, last = name.split()

    assert last in run("__complete", "bash", *front, last[:-1]).out.split()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_is_offered(run: Run, book: Path, name: str) -> None:
    command = command_named(name)
    for inner in [[each] for each in getattr(command, "commands", ())] or [[]]:
        declared = command.commands[inner[0]] if inner else command
        options = {
            max(each.opts + each.secondary_opts, key=len)
            for each in declared.params
            if each.param_type_name == "option"
        }
        offered = run("__complete", "zsh", name, *inner, "--").out.split()

        assert options <= set(offered)


def test_flags_are_those_of_the_query_language(run: Run, book: Path) -> None:
    assert run("__complete", "bash", "list", "is:").out.split() == [f"is:{flag}" for flag in FLAGS]


def test_the_book_is_the_one_that_the_line_names(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")

    for line in (["--book", book, "touch"], ["touch", "-b", book], ["touch", f"--book={book}"]):
        assert run("__complete", "bash", *line, "bel") == Outcome(0, "bela\n")
    assert run("__complete", "bash", "touch", "bel") == Outcome(0, "")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("contacts.yaml", "- {id: [\n"),
        ("contacts.yaml", "\0\0"),
        ("stages.yaml", "statuses: 3\n"),
        ("journal.jsonl", "{{{\n"),
    ],
)
def test_a_broken_book_is_no_reason_to_speak(run: Run, book: Path, file: str, text: str) -> None:
    (book / file).write_text(text, encoding="utf-8")
    done = run("__complete", "bash", "list", "tag:")

    assert (done.code, done.err) == (0, "")
    assert set(done.out.split()) <= {"tag:vip", "tag:first-time"}


def test_nothing_is_written_into_the_book(run: Run, book: Path) -> None:
    before = tree(book)
    for words in (["touch", ""], ["list", "tag:"], ["todo", "done", ""], ["plan", "apply", ""]):
        run("__complete", "bash", *words)

    assert tree(book) == before

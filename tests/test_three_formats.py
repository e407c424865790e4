"""A book says the same whatever form it is kept in, before and after the same edits."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.commands import Outcome, call, surround

FORMS = ("yaml", "csv", "dir")
STATUSES = ("New", "Engage", "Future", "Active", "Closed", "Inactive", "Non Client")
Fields = dict[str, str]
View = Mapping[str, Mapping[str, object]]

#: What YAML, CSV, JSON, a shell or a spreadsheet may take for something else.
NASTY = st.sampled_from(
    [
        "NO", "yes", "~", "null", "0123", "1e3", "+44123", "12:30", "0x1F", "2026-11-22", "=1+1",
        "@x", "- a", "? b", "a: b", "a #b", "#a", "[x", "{x}", "'", '"', '""', "''", "`", "|", ">",
        "%TAG", "&a", "*a", "!t", "a,b", 'say "hi"', "two\nlines", "\tx", "a\n\nb\n", " x", "x ",
        "Zoë", "e\u0301", "王小明", "🙂", "\u00a0", "\u2028", "\ufeff", "\\", "\\n", "a|b", "<b>",
    ]
)  # fmt: skip
#: Whatever can be typed; control characters are refused, and surrogates are no text.
TEXT = NASTY | st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
WORDS = TEXT.filter(lambda text: bool(text.strip()))
#: One of several values: a semicolon parts them, and blanks around them do not count.
ITEMS = WORDS.map(lambda text: text.replace(";", ",").strip()).filter(bool)
CONTACTS = st.lists(
    st.fixed_dictionaries(
        {"name": WORDS, "status": st.sampled_from(STATUSES)},
        optional={
            "company": WORDS,
            "note": WORDS,
            "own_field": WORDS,
            "tags": st.lists(ITEMS, min_size=1, max_size=3, unique=True).map("; ".join),
            "created": st.dates(date(1980, 1, 1), date(2026, 11, 22)).map(str),
            "touch_every": st.sampled_from(["never", "3 days", "1 month"]),
            "do_not_contact": st.sampled_from(["yes", "no"]),
        },
    ),
    min_size=1,
    max_size=3,
)
READS: Sequence[Sequence[str]] = [
    ("list",),
    ("list", "--json"),
    ("list", "-f", "csv", "--sort", "-name"),
    ("list", "is:open", "-is:due", "-f", "ids"),
    ("prospects", "--json"),
    ("prospects",),
    ("pipeline", "-f", "md"),
    ("report", "status", "--json"),
    ("values", "tags", "-f", "tsv"),
    ("stages", "--json"),
    ("history", "-f", "csv", "--no-header"),
]


@contextmanager
def books() -> Iterator[dict[str, Path]]:
    """An empty book of each form."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        surround(patch, folder)
        patch.chdir(folder)
        for form in FORMS:
            assert call("init", form, "--format", form).code == 0
        yield {form: folder / form for form in FORMS}


def add(book: Path, fields: Fields) -> Outcome:
    given = {name: text for name, text in fields.items() if name not in {"name", "status"}}
    sets = [word for name, text in given.items() for word in ("--set", f"{name}={text}")]
    return call("add", "--book", book, "--status", fields["status"], *sets, "--", fields["name"])


def answers(book: Path) -> list[Outcome]:
    """What every read says of *book*; of the history only what was not made by chance."""
    said = [call(*words, "--book", book) for words in READS]
    rows = csv.reader(said[-1].out.splitlines(keepends=True))
    said[-1] = Outcome(said[-1].code, "\n".join(",".join(row[3:]) for row in rows), said[-1].err)
    return said


def seen(book: Path) -> View:
    """The contacts of *book* by plain parsers, none of leadctl's own code; ids in front."""
    if (book / "contacts.csv").exists():
        with (book / "contacts.csv").open(encoding="utf-8", newline="") as file:
            rows = [
                {name: cell for name, cell in row.items() if cell}
                for row in csv.DictReader(file, strict=True)
            ]
    elif (book / "contacts").is_dir():
        paths = sorted((book / "contacts").glob("*.yaml"))
        rows = [yaml.load(path.read_bytes(), yaml.BaseLoader) for path in paths]
    else:
        rows = yaml.load((book / "contacts.yaml").read_bytes(), yaml.BaseLoader) or []
    return {str(row["id"]): {name: _plain(value) for name, value in row.items()} for row in rows}


def _plain(value: object) -> object:
    return "; ".join(value) if isinstance(value, list) else value


def in_all(made: Mapping[str, Path], act: Callable[[Path], object]) -> object:
    """What *act* says of each form, which must be the same."""
    said = {form: act(book) for form, book in made.items()}
    assert said["yaml"] == said["csv"] == said["dir"]
    return said["yaml"]


#: Two seconds an example: a failing one is small enough to be read as it is.
LAW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.slow
@LAW
@given(CONTACTS)
def test_the_same_contacts_give_the_same_answers(contacts: list[Fields]) -> None:
    with books() as made:
        for fields in contacts:
            added = in_all(made, lambda book, fields=fields: add(book, fields))  # type: ignore[misc]
            assert isinstance(added, Outcome)
            assert (added.code, added.err) == (0, "")

        in_all(made, answers)
        view = in_all(made, seen)
        checked = in_all(made, lambda book: call("check", "files", "ids", "--book", book).code)

    assert isinstance(view, dict)
    assert checked == 0
    assert [row["name"] for row in view.values()] == [fields["name"].strip() for fields in contacts]


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), WORDS.map(lambda text: f"company={text}")),
        st.tuples(st.just("set"), WORDS.map(lambda text: f"own_field={text}")),
        st.tuples(st.just("set"), ITEMS.map(lambda text: f"tag+={text}")),
        st.tuples(st.just("set"), st.sampled_from(["company=", "own_field=", "tags=", "title=x"])),
        st.tuples(st.just("set-status"), st.sampled_from(STATUSES)),
        st.tuples(st.just("snooze"), st.sampled_from(["+3d", "2027-01-01"])),
        st.tuples(st.just("touch"), st.just("")),
        st.tuples(st.just("pin"), st.just("")),
    ),
    min_size=1,
    max_size=4,
)
TOUCHED = {"set-status": "status", "snooze": "snoozed_until", "touch": "pinned", "pin": "pinned"}


def edit(book: Path, command: str, word: str, contact: str) -> Outcome:
    words = {"set": [contact, word], "set-status": [word, contact], "snooze": [contact, word]}
    return call(command, "--book", book, "--", *words.get(command, [contact]))


def field_of(command: str, word: str) -> str:
    name = TOUCHED.get(command) or word.split("=", maxsplit=1)[0].removesuffix("+")
    return {"tag": "tags"}.get(name, name)


@pytest.mark.slow
@LAW
@given(CONTACTS, EDITS)
def test_the_same_edits_give_the_same_answers_and_change_nothing_else(
    contacts: list[Fields], edits: list[tuple[str, str]]
) -> None:
    with books() as made:
        for fields in contacts:
            in_all(made, lambda book, fields=fields: add(book, fields))  # type: ignore[misc]
        for command, word in edits:
            before = {form: seen(book) for form, book in made.items()}
            contact = next(iter(before["yaml"]))
            done = in_all(made, lambda book, c=command, w=word, i=contact: edit(book, c, w, i))  # type: ignore[misc]
            field = field_of(command, word)

            assert isinstance(done, Outcome)
            assert (done.code, done.err) == (0, "")
            for form, book in made.items():
                assert without(seen(book), contact, field) == without(before[form], contact, field)

        in_all(made, seen)
        in_all(made, answers)


def without(view: View, contact: str, field: str) -> View:
    """*view* but for one field of one contact."""
    kept = {name: value for name, value in view[contact].items() if name != field}
    return {**view, contact: kept}


def test_a_book_of_each_form_has_the_same_standing_after_the_same_story() -> None:
    story = [
        ("add", "Ada", "--phone", "604-555-0101", "--tag", "vip"),
        ("add", "Béla", "--set", "created=2026-10-01"),
        ("touch", "bela", "--on", "2026-11-01", "-m", "two\nlines"),
        ("set-status", "Engage", "bela", "--on", "2026-11-02"),
        ("set", "ada", "tag+=buyer; seller", "birthday=02-29"),
        ("pin", "ada", "-m", "ask: about the offer"),
    ]
    with books() as made:
        for words in story:
            in_all(made, lambda book, words=words: call(*words, "--book", book))  # type: ignore[misc]
        card = in_all(made, lambda book: call("show", "bela", "--book", book, "--json").code)
        listed = in_all(made, lambda book: call("prospects", "--book", book, "--json"))

    assert card == 0
    assert isinstance(listed, Outcome)
    assert [(row["id"], row["why"]) for row in json.loads(listed.out)] == [
        ("ada", ["pinned", "never_contacted"]),
        ("bela", ["touch_due", "unreachable"]),
    ]

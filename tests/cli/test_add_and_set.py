"""`add` and `set`: what is stored, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

HEADER = "id,name,status,email,phone,tags,created,budget,remark\n"
ADA = "ada,Ada,New,ada@example.com,+1 604 555 0101,vip; cold,2026-11-01,300,\n"
STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Engage: {}
fields:
  budget: number
  hair: {type: choice, choices: [Red, Brown]}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(HEADER + ADA, stages=STAGES)


def rows(book: Path) -> list[dict[str, str]]:
    with (book / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def last(book: Path) -> dict[str, str]:
    return {name: value for name, value in rows(book)[-1].items() if value}


def test_a_contact_is_added_with_default_status_and_today(run: Run, book: Path) -> None:
    assert run("add", "Béla Bartók") == Outcome(0, "added bela-bartok\nUndo: leadctl undo OP\n")
    assert last(book) == {
        "id": "bela-bartok",
        "name": "Béla Bartók",
        "status": "New",
        "created": "2026-11-22",
    }


def test_a_contact_is_added_with_everything_that_is_known(run: Run, book: Path) -> None:
    done = run(
        "add", "Byron & Sons", "--email", "a@b.example", "--email", "c@d.example", "--phone",
        "+44 20 7946 0101", "--company", "Byron", "--source", "Fair", "--tag", "seller", "--tag",
        "Kits", "--status", "engage", "--set", "budget=250000", "--set", "created=yesterday",
        "--set", "hair=red", "-m", "met at the fair",
    )  # fmt: skip

    assert done == Outcome(0, "added byron-sons\nUndo: leadctl undo OP\n")
    assert last(book) == {
        "id": "byron-sons",
        "name": "Byron & Sons",
        "status": "Engage",
        "email": "a@b.example; c@d.example",
        "phone": "+44 20 7946 0101",
        "tags": "seller; Kits",
        "created": "2026-11-21",
        "budget": "250000",
        "company": "Byron",
        "source": "Fair",
        "hair": "Red",
    }
    assert "met at the fair" in run("history", "byron-sons").out


def test_the_same_name_gets_the_next_number(run: Run, book: Path) -> None:
    assert [run("add", "Ada").out for _ in range(3)] == [
        f"added ada-{number}\nUndo: leadctl undo OP\n" for number in (2, 3, 4)
    ]


def test_a_name_without_latin_letters_still_gets_an_id(run: Run, book: Path) -> None:
    assert [run("add", name).out for name in ("王小明", "李雷")] == [
        "added contact\nUndo: leadctl undo OP\n", "added contact-2\nUndo: leadctl undo OP\n",
    ]  # fmt: skip
    assert [row["name"] for row in rows(book)[1:]] == ["王小明", "李雷"]


@pytest.mark.parametrize(
    ("option", "value"), [("--email", "ADA@example.com"), ("--phone", "1-604-555-0101")]
)
def test_who_is_known_by_the_same_address_is_not_added_twice(
    run: Run, book: Path, option: str, value: str
) -> None:
    before = tree(book)

    assert run("add", "Countess", option, value) == Outcome(
        7,
        "",
        f"leadctl: error: {value} is known already: ada (Ada)\n"
        "hint: leadctl show ada; or add with --allow-duplicate\n",
    )
    assert tree(book) == before
    assert (
        run("add", "Countess", option, value, "--allow-duplicate").out
        == "added countess\nUndo: leadctl undo OP\n"
    )


def test_a_dry_run_adds_nobody(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("add", "Béla", "-n")

    assert done.code == 0
    assert "bela" in done.out
    assert done.err.startswith("dry run: nothing was ")
    assert tree(book) == before


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("",), "a contact needs a name"),
        (("  ",), "a contact needs a name"),
        (("Béla", "--status", "Engaged"), 'no status named "Engaged"\nhint: did you mean "Engage"'),
        (("Béla", "--set", "budget=lots"), 'budget: "lots" is no number'),
        (("Béla", "--set", "hair=green"), 'hair: "green" is none of: Red, Brown'),
        (("Béla", "--set", "birthday=2026-02-30"), "birthday: "),
        (("Béla", "--set", "touch_every=often"), 'touch_every: "often" is no interval'),
        (("Béla", "--set", "status=Engage"), "the status is not set like a field"),
        (("Béla", "--set", "nonsense"), '"nonsense" sets nothing'),
        (("Béla\x07",), "name holds a control character ('\\x07')"),
    ],
)
def test_what_does_not_fit_is_not_added(
    run: Run, book: Path, words: tuple[str, ...], complaint: str
) -> None:
    before = tree(book)
    done = run("add", *words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")
    assert tree(book) == before


def test_a_field_is_set_and_cleared(run: Run, book: Path) -> None:
    assert run("set", "ada", "company=Analytical; Ltd", "phone=") == Outcome(
        0, "ada: phone: +1 604 555 0101 → —, company: — → Analytical; Ltd. Undo: leadctl undo OP\n"
    )
    assert (last(book)["company"], last(book).get("phone", "")) == ("Analytical; Ltd", "")


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (("tag+=buyer",), "vip; cold; buyer"),
        (("tags+=VIP",), "vip; cold"),
        (("tag-=COLD",), "vip"),
        (("tag-=cold", "tag-=vip"), ""),
        (("tag-=cold", "tag+=warm"), "vip; warm"),
        (("tag=one; two",), "one; two"),
        (("tag=",), ""),
    ],
)
def test_values_are_added_and_taken_away(
    run: Run, book: Path, words: tuple[str, ...], tags: str
) -> None:
    done = run("set", "ada", *words)

    assert (done.code, done.err) == (0, "")
    assert last(book).get("tags", "") == tags


@pytest.mark.parametrize(
    ("word", "stored"),
    [
        ("created=3 days ago", "2026-11-19"),
        ("created=last fri", "2026-11-20"),
        ("snoozed_until=fri", "2026-11-27"),
        ("birthday=12-10", "12-10"),
        ("touch_every=2 weeks", "2 weeks"),
        ("do_not_contact=YES", "yes"),
        ("dnc=0", "no"),
        ("hair=brown", "Brown"),
        ("remark=a=b", "a=b"),
    ],
)
def test_a_value_is_stored_in_its_plain_form(run: Run, book: Path, word: str, stored: str) -> None:
    assert run("set", "ada", word).code == 0
    assert stored in last(book).values()


def test_a_word_for_a_new_field_makes_one(run: Run, book: Path) -> None:
    assert run("set", "ada", "shoe_size=44").code == 0
    assert last(book)["shoe_size"] == "44"
    assert run("list", "shoe_size:44", "-f", "ids").out == "ada\n"


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        (
            "status=Engage",
            "the status is not set like a field\nhint: leadctl set-status STATUS WHO",
        ),
        ("id=countess", "the id of a contact never changes"),
        ("due=2026-12-24", '"due" follows from the journal and cannot be set'),
        ("name=", "a contact needs a name"),
        ("nmae=Ada", 'no field named "nmae"\nhint: did you mean "name"?'),
        ("Shoe Size=44", 'no field named "Shoe Size"\nhint: a field of your own is named with'),
        ("company+=x", '"company" holds one value: it cannot be added to\nhint: write company=x'),
        ("birthday=someday", "birthday: "),
        ("dnc=perhaps", 'do_not_contact: "perhaps" is neither yes nor no'),
        ("budget=lots", 'budget: "lots" is no number'),
        ("remark=\x1b[2J", "remark holds a control character"),
        ("remark", "nothing is to be set\nhint: write field=value, or field= to clear"),
    ],
)
def test_what_cannot_be_set_is_refused(run: Run, book: Path, word: str, complaint: str) -> None:
    before = tree(book)
    done = run("set", "ada", word)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")
    assert tree(book) == before


def test_what_is_so_already_writes_nothing(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("set", "ada", "budget=300", "tag+=vip") == Outcome(
        0, "nothing to change: 1 contact already so\n"
    )
    assert tree(book) == before


def test_the_note_says_why(run: Run, book: Path) -> None:
    run("set", "ada", "budget=400", "-m", "sold the boat")

    assert run("history", "ada", "--no-header").out.startswith(
        "2026-11-22  budget: 300 → 400  sold the boat  tester  "
    )

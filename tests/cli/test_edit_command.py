"""`edit`: what is typed stands in the file, or is refused and kept."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Outcome, Run, tree

BOB = "# Their neighbours.\n- id: bob\n  name: Bob\n  status: New\n\n"
ADA = """\
- id: ada   # the countess
  name: Ada
  status: New
  email: [ada@example.com]
  # rings only on Sundays
"""
EVE = "- {id: eve, name: Eve, status: New}\n"
STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Engage: {note: required}
  Lost: {reason: required, reasons: [price, moved]}
"""
Editor = Callable[..., None]


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(BOB + ADA + EVE, stages=STAGES)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Makes sed, with a script of its own for the text, the editor; or a line of the shell."""

    def become(script: str, *, first: str = "true", last: str = "true") -> None:
        path = tmp_path / "editor.sh"
        path.write_text(f'{first}\nsed -i {shlex.quote(script)} "$1"\n{last}\n', encoding="utf-8")
        monkeypatch.setenv("EDITOR", f"sh {path}")

    return become


def contacts(book: Path) -> str:
    return (book / "contacts.yaml").read_text(encoding="utf-8")


def kept(book: Path) -> list[Path]:
    return sorted((book / ".leadctl" / "edits").glob("*.yaml"))


def test_what_was_typed_stands_in_the_file(run: Run, book: Path, editor: Editor) -> None:
    editor("s/^name: Ada/# née Byron\\nname:   'Ada L.'/; s/Sundays/Mondays/")

    assert run("edit", "ada") == Outcome(0, "ada: name: Ada → Ada L. Undo: leadctl undo OP\n")
    assert contacts(book) == (
        BOB
        + "- id: ada   # the countess\n"
        + "  # née Byron\n"
        + "  name:   'Ada L.'\n"
        + "  status: New\n"
        + "  email: [ada@example.com]\n"
        + "  # rings only on Mondays\n"
        + EVE
    )
    assert kept(book) == []
    assert run("check").code == 0


@pytest.mark.parametrize(
    "script", ["s/^name: Ada/name: Al/", "/^email/d", "$a# more", "s/ada@example.com/a, b/"]
)
def test_undo_brings_back_every_byte(run: Run, book: Path, editor: Editor, script: str) -> None:
    editor(script)
    run("edit", "ada")
    is_changed = contacts(book) != BOB + ADA + EVE
    run("undo")

    assert is_changed
    assert contacts(book) == BOB + ADA + EVE


def test_a_record_in_one_line_stays_in_one_line(run: Run, book: Path, editor: Editor) -> None:
    editor("s/Eve/Eva/")
    run("edit", "eve")

    assert contacts(book) == BOB + ADA + EVE.replace("Eve", "Eva")


@pytest.mark.parametrize("script", ["", "1,/^$/d", "1d"])
def test_what_is_left_as_it_was_changes_nothing(
    run: Run, book: Path, editor: Editor, script: str
) -> None:
    before = tree(book / "contacts.yaml"), (book / "journal.jsonl").read_bytes()
    editor(script)

    assert run("edit", "ada") == Outcome(0, "ada: nothing changed\n")
    assert (tree(book / "contacts.yaml"), (book / "journal.jsonl").read_bytes()) == before
    assert contacts(book) == BOB + ADA + EVE
    assert kept(book) == []


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("s/status: New/status: Nwe/", 'error: no status named "Nwe"'),
        ("s/status: New/status: Engage/", 'error: a change to "Engage" needs a note'),
        ("s/status: New/status: Lost/", 'error: a change to "Lost" needs a reason'),
        ("s/status: New/status:/", "error: a contact needs a status"),
        ("s/^id: ada/id: adele/", "error: the id of a contact never changes"),
        ("s/^name: Ada/name:/", 'error: "ada" has no name'),
        ("$abirthday: 2026-02-30", "error: birthday: "),
        ("$acreated: yesterday", "error: created: "),
        ("$asnoozed_until: 2027-13-01", "error: snoozed_until: "),
        ("$aemial: x", 'error: no field named "emial"'),
        ("$atag: vip", 'error: no field named "tag"'),
        ("$adue: 2027-01-01", 'error: "due" follows from the journal'),
        ("$aname: Twice", 'error: "name" stands twice in this record, in lines'),
        ("$a\\\tname: x", "error: "),
        ("s/^name:/name/", "error: "),
        ("$anote: *anchor", "error: "),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_typed_is_kept(
    run: Run, book: Path, editor: Editor, script: str, complaint: str
) -> None:
    editor(script)
    refused = run("edit", "ada")
    (path,) = kept(book)

    assert refused.code == 3
    assert complaint in refused.err
    assert f"leadctl edit ada --resume {path}" in refused.err
    assert contacts(book) == BOB + ADA + EVE
    assert path.stat().st_mode & 0o777 == 0o600


def test_in_a_list_the_id_may_not_be_left_out(run: Run, book: Path, editor: Editor) -> None:
    editor("/^id: /d")

    assert run("edit", "ada").code == 3
    assert contacts(book) == BOB + ADA + EVE


def test_the_line_that_is_told_is_that_of_the_kept_file(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/status: New/status: Nwe/")
    refused = run("edit", "ada")
    (path,) = kept(book)
    place = next(line for line in refused.err.split("\n") if "Nwe" in line)
    number = int(place.removeprefix(f"{path}:").partition(":")[0])

    assert path.read_text(encoding="utf-8").split("\n")[number - 1] == "status: Nwe"
    assert f"#: error: line {number}: no status named" in path.read_text(encoding="utf-8")


def test_an_edit_that_was_kept_goes_on(run: Run, book: Path, editor: Editor) -> None:
    editor("s/status: New/status: Engage/; s/Sundays/Mondays/")
    run("edit", "ada")
    editor("s/^#: note:.*/#: note: she rang/")
    done = run("edit", "ada", "--resume", *kept(book))

    assert done == Outcome(0, "ada: New → Engage. Undo: leadctl undo OP\n")
    assert "she rang" in run("history", "ada").out
    assert contacts(book) == BOB + ADA.replace("New", "Engage").replace("Sun", "Mon") + EVE
    assert kept(book) == []


def test_note_and_reason_may_be_given_beforehand(run: Run, book: Path, editor: Editor) -> None:
    editor("s/status: New/status: lost/")
    done = run("edit", "ada", "--reason", "Price", "-m", "too dear")

    assert done.out == "ada: New → Lost. Undo: leadctl undo OP\n"
    assert "status: Lost\n" in contacts(book)
    assert "New → Lost (price)  too dear" in run("history", "ada").out


@pytest.mark.parametrize(("script", "first"), [("1,$d", "true"), ("s/Ada/Al/", "exit 3")])
def test_an_edit_is_given_up(run: Run, book: Path, editor: Editor, script: str, first: str) -> None:
    editor(script, first=first)

    assert run("edit", "ada").code == 1
    assert contacts(book) == BOB + ADA + EVE
    assert kept(book) == []


def test_what_an_editor_saved_before_it_failed_is_kept(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/Ada/Al/", last="exit 3")
    failed = run("edit", "ada")
    (path,) = kept(book)

    assert failed.code == 1
    assert "ended with 3" in failed.err
    assert "name: Al\n" in path.read_text(encoding="utf-8")


def test_fields_that_others_changed_meanwhile_go_together(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/Sundays/Mondays/; s/^name: Ada/name: Al/", first=f"{PROGRAM} set ada company=ACME")
    done = run("edit", "ada")

    assert done.out == "ada: name: Ada → Al. Undo: leadctl undo OP\n"
    assert "  name: Al\n" in contacts(book)
    assert "  company: ACME\n" in contacts(book)
    assert "on Mondays" in contacts(book)


def test_a_field_that_both_changed_is_a_conflict_and_nothing_is_lost(
    run: Run, book: Path, editor: Editor
) -> None:
    others = f"{PROGRAM} set ada name=Adele company=ACME"
    editor("s/^name: Ada/name: Al/", first=others)
    refused = run("edit", "ada")
    middle = contacts(book)
    editor("")
    done = run("edit", "ada", "--resume", *kept(book))

    assert refused.code == 4
    assert 'name is "Adele" in the book now; you wrote "Al"' in refused.err
    assert "  name: Adele\n" in middle
    assert done.out == "ada: name: Adele → Al. Undo: leadctl undo OP\n"
    assert "  company: ACME\n" in contacts(book)


def test_a_comment_that_both_changed_is_a_conflict(run: Run, book: Path, editor: Editor) -> None:
    others = "sed -i 's/Sundays/Fridays/' contacts.yaml"
    editor("s/Sundays/Mondays/", first=others)

    assert run("edit", "ada").code == 4
    assert "on Fridays" in contacts(book)
    assert len(kept(book)) == 1


def test_who_was_removed_meanwhile_is_not_written_again(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/^name: Ada/name: Al/", first=f"{PROGRAM} remove ada")

    assert run("edit", "ada").code == 4
    assert run("list", "-f", "ids").out == "bob\neve\n"
    assert len(kept(book)) == 1


def test_an_edit_that_was_left_is_told_of_the_next_time(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/status: New/status: Nwe/")
    run("edit", "ada")
    editor("")
    other, same = run("edit", "eve"), run("edit", "ada")

    assert other.err == ""
    assert f"an edit of ada lies in {kept(book)[0]}" in same.err


def test_a_dry_run_shows_what_would_change_and_keeps_what_was_typed(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/^name: Ada/name: Al/")
    shown = run("edit", "ada", "-n")

    assert "ada  name: Ada → Al" in shown.out
    assert contacts(book) == BOB + ADA + EVE
    assert len(kept(book)) == 1


@pytest.mark.parametrize("value", ["", " "])
def test_without_an_editor_nothing_is_begun(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("EDITOR", value)
    monkeypatch.delenv("VISUAL", raising=False)

    assert run("edit", "ada").code == 2
    assert kept(book) == []


@pytest.mark.parametrize("file", ["nothing.yaml", "bob.aaaaaa.yaml"])
def test_only_an_edit_of_the_same_contact_goes_on(
    run: Run, book: Path, editor: Editor, file: str
) -> None:
    for name in ("bob.aaaaaa.yaml", "bob.aaaaaa.base"):
        (book / name).write_text("id: bob\nname: B\n", encoding="utf-8")
    editor("s/Ada/Al/")

    assert run("edit", "ada", "--resume", file).code == 2
    assert contacts(book) == BOB + ADA + EVE


def test_a_row_of_a_csv_is_edited_field_by_field(
    run: Run, new_book: NewBook, editor: Editor
) -> None:
    header, bob = "id,name,status,phone,tags,note\n", "bob,Bob,New,,,\n"
    book = new_book(f'{header}ada,Ada,New,,vip; cold,"a ""b"", c"\n{bob}', stages=STAGES)
    editor("s/^phone:$/phone: '007'/; s/^tags: .*/tags: [vip, warm]/; $ahair: red")
    done = run("edit", "ada")
    after = (book / "contacts.csv").read_text(encoding="utf-8")
    run("undo")

    assert "tags: vip, cold → vip, warm, phone: — → 007, hair: — → red" in done.out
    assert after == (
        "id,name,status,phone,tags,note,hair\n"
        'ada,Ada,New,007,vip; warm,"a ""b"", c",red\n'
        "bob,Bob,New,,,,\n"
    )
    assert "ada,Ada,New,,vip; cold," in (book / "contacts.csv").read_text(encoding="utf-8")


def test_a_file_of_its_own_keeps_its_line_ends(run: Run, tmp_path: Path, editor: Editor) -> None:
    book = tmp_path / "dir"
    run("init", book, "--example", "--preset", "calling")
    path = sorted((book / "contacts").glob("*.yaml"))[0]
    old = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(old)
    editor("$a# Mind the dog.")
    done = run("-b", book, "edit", path.stem)
    new = path.read_bytes()
    run("-b", book, "undo")

    assert done.out == f"{path.stem}: comments or layout edited. Undo: leadctl undo OP\n"
    assert new == old + b"# Mind the dog.\r\n"
    assert path.read_bytes() == old


def test_what_is_typed_about_somebody_is_forgotten_with_them(
    run: Run, book: Path, editor: Editor
) -> None:
    editor("s/status: New/status: Nwe/")
    run("edit", "ada")
    run("forget", "ada", "--yes")

    assert kept(book) == []
    assert not any(b"ada@example.com" in content for content in tree(book).values())

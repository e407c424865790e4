"""`export`: what an import into an empty book makes the same contacts of."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadctl.contacts import read_contacts
from leadctl.records import Value
from leadctl.store.finding import open_book
from tests.commands import NewBook, Outcome, Run, call, tree

ADA = """\
- {id: ada, name: Ada, status: New, created: 2026-11-20, email: [a@x.org, b@x.org]}
- {id: bo, name: Bo, status: Inactive, created: 2026-11-20, tags: [vip]}
"""
#: What spreadsheets, CSV and YAML each treat in a way of their own.
HARD = (
    "=1+1", "'=1+1", "''=1", '="0123"', "+44 20", "-5", "@cmd", "'", "'tis", '"', 'a "b" c',
    "a,b", "a;b", "a\tb", "one\ntwo", "007", "1e+5", "yes", "null", "~", "# no", "- no", "a: b",
    "山田", "\u202e", "{name}", "\\n",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.text(alphabet="ab=+-@'\",;\t\n#:é漢 ", min_size=1, max_size=12).map(str.strip),
).filter(bool)
NOTES = st.tuples(TEXTS, st.sampled_from(["", "\n", "\n\n"])).map("".join)


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(ADA)


def values_of(root: Path) -> list[dict[str, Value]]:
    """What the files of the book *root* hold on each contact."""
    contacts = read_contacts(open_book(root).read().records).contacts
    return [dict(contact.values) for contact in contacts]


def book_of(root: Path, *contacts: Mapping[str, object]) -> Path:
    """A new book, with *contacts* written as JSON, which is YAML."""
    assert call("init", root).code == 0
    lines = (f"- {json.dumps(each, ensure_ascii=True)}\n" for each in contacts)
    (root / "contacts.yaml").write_text("".join(lines), encoding="utf-8")
    return root


def carried_over(folder: Path, contact: Mapping[str, object]) -> tuple[object, object]:
    """What a book holds, and what an empty one does into which it was exported."""
    old, new = book_of(folder / "old", contact), book_of(folder / "new")
    exported = call("export", "--book", old).out
    assert call("import", "-", "--book", new, stdin=exported.encode()).code == 0
    return values_of(old), values_of(new)


@settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(address=TEXTS, own=TEXTS, note=NOTES)
def test_an_import_of_an_export_gives_the_same_contacts(
    run: Run, tmp_path_factory: pytest.TempPathFactory, address: str, own: str, note: str
) -> None:
    contact = {"id": "ada", "name": "Ada", "status": "New", "created": "2026-11-20",
               "address": address, "hobby": own, "note": note}  # fmt: skip

    before, after = carried_over(tmp_path_factory.mktemp("law"), contact)

    assert after == before


def test_every_kind_of_field_comes_back(run: Run, tmp_path: Path) -> None:
    contact: dict[str, object] = {
        "id": "ada", "name": "Ada", "status": "Future", "company": "=SUM(A1)", "title": "'x",
        "email": ["a@x.org", "b@x.org"], "phone": ["+44 20 7946 0101", "-1"], "source": "Referral",
        "owner": "marta", "tags": ["vip", "a b"], "created": "2026-11-20T09:30",
        "birthday": "02-29",
        "property": "2 bed", "touch_every": "never", "last_touch": "2026-11-01",
        "snoozed_until": "2027-01-01", "pinned": "2026-12-01", "do_not_contact": "yes",
        "external_id": "00017", "note": "  one\n\ntwo\n", "spouse": "+1",
    }  # fmt: skip

    before, after = carried_over(tmp_path, contact)

    assert after == before


def test_an_export_goes_to_stdout_as_csv_with_what_is_stored_alone(run: Run, book: Path) -> None:
    header, ada, *others = run("export", "status:New").out.splitlines()

    assert "due" not in header.split(",")
    assert ada.startswith("ada,Ada,New,,,a@x.org;b@x.org,")
    assert others == []


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "vcf"])
def test_a_file_holds_what_stdout_would_and_is_for_its_owner_only(
    run: Run, book: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "all"

    assert run("export", "-f", form, "--out", out) == Outcome(0, f"2 contacts written to {out}\n")
    assert out.read_bytes().decode() == run("export", "-f", form).out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_replaced_only_by_force(
    run: Run, book: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.csv"
    out.write_text("mine")

    refused = run("export", "--out", out)
    kept = out.read_text()

    assert (refused.code, refused.err, kept) == (
        7,
        f"leadctl: error: {out} is there already; it was not changed\n"
        "hint: name another file, or replace this one: --force\n",
        "mine",
    )
    assert run("export", "--out", out, "--force").code == 0
    assert out.read_text().startswith("id,name,")


@pytest.mark.parametrize(
    "name", ["contacts.yaml", "contacts.csv", "journal.jsonl", "stages.yaml", ".leadctl/x"]
)
def test_no_file_of_the_book_is_ever_written(run: Run, book: Path, name: str) -> None:
    (book / ".leadctl").mkdir(exist_ok=True)
    before = tree(book)

    assert run("export", "--out", book / name, "--force").code == 7
    assert tree(book) == before


def test_a_folder_that_is_missing_is_told(run: Run, book: Path, tmp_path: Path) -> None:
    done = run("export", "--out", tmp_path / "none" / "all.csv")

    assert (done.code, done.err) == (
        2, f'leadctl: error: there is no folder "{tmp_path / "none"}"\n',
    )  # fmt: skip


def test_force_without_a_file_is_refused(run: Run, book: Path) -> None:
    done = run("export", "--force")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("leadctl: error: --force is about a file")


def test_formats_for_the_eye_are_none_of_an_export(run: Run, book: Path) -> None:
    done = run("export", "-f", "table")

    assert done.code == 2
    assert "vcf" in done.err

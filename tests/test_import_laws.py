"""Any import of any rows: again it changes nothing, and it takes nothing away."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.importing.contacts import Outcome
from leadctl.importing.rules import rules_from_options
from tests.import_verdicts import imported, run

_PEOPLE = st.sampled_from(["Ada", "Bob", "李", ""])
_EMAILS = st.sampled_from(["", "a@b.c", "b@b.c", "A@B.C;x@y.z", "n/a"])
_PHONES = st.sampled_from(["", "12345", "1-2345;67890", "67890", "0"])
_KEYS = st.sampled_from(["", "", "1", "2"])
_COMPANIES = st.sampled_from(["", "Acme", "Widgets"])
_ROWS = st.lists(st.tuples(_PEOPLE, _EMAILS, _PHONES, _KEYS, _COMPANIES), max_size=8)
_HEADER = "Name|Email|Phone|LEADID|Company"
_KEY_OPTIONS = st.sampled_from(["", "external_id", "email", "email,phone", "external_id,email"])


def _text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([_HEADER, *("|".join(row) for row in rows)])


@settings(max_examples=250, deadline=None)
@given(_ROWS, _ROWS, _KEY_OPTIONS, st.sampled_from(["update", "skip", "fail"]))
def test_importing_the_same_rows_again_changes_nothing(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], key: str, on_duplicate: str
) -> None:
    rules = rules_from_options(key=key, on_duplicate=on_duplicate)
    book = imported(run(_text(before), rules=rules))
    first = run(_text(rows), book, rules=rules)
    after = imported(first, book)

    again = run(_text(rows), after, rules=rules)

    assert imported(again, after) == after
    assert [each.line for each in again] == list(range(2, len(rows) + 2))
    changed = [each for each in again if each.outcome in (Outcome.NEW, Outcome.UPDATE)]
    assert changed == []


@settings(max_examples=150, deadline=None)
@given(_ROWS, _ROWS)
def test_no_import_takes_anything_away(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    rules = rules_from_options(on_duplicate="update")
    book = imported(run(_text(before), rules=rules))

    after = {each.id: each for each in imported(run(_text(rows), book, rules=rules), book)}

    for old in book:
        assert set(old.values) <= set(after[old.id].values)
        assert set(old.get("email")) <= set(after[old.id].get("email"))
        assert set(old.get("phone")) <= set(after[old.id].get("phone"))

"""Mending YAML: only what becomes readable by it, only in one way, and nothing else."""

from __future__ import annotations

import pytest

from leadctl.store.yaml_reader import read_record, read_records
from leadctl.store.yaml_repairs import mend_record, mend_records, mend_tree

BOTH = ("tabs", "quotes")


def records(text: str, *fixes: str) -> str:
    return mend_records(text, "contacts.yaml", fixes or BOTH).text


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("- id: ada\n\tname: Ada\n", "- id: ada\n  name: Ada\n"),
        ("- id: ada\n  tags:\n\t- vip\n", "- id: ada\n  tags:\n  - vip\n"),
        ("- id: ada\r\n\tname: Ada\r\n", "- id: ada\r\n  name: Ada\r\n"),
        ("- id: ada\n  a: 1\n \tname: Ada\n", "- id: ada\n  a: 1\n  name: Ada\n"),
    ],
)
def test_tabs_become_blanks(broken: str, mended: str) -> None:
    assert read_records(broken, "")[1] != []
    assert records(broken) == mended
    assert read_records(mended, "")[1] == []


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("call: back", '"call: back"'),
        ("@joe", '"@joe"'),
        ("%5", '"%5"'),
        ("*joe", '"*joe"'),
        ("`x`", '"`x`"'),
        ("!important", '"!important"'),
        ('@joe "the man"', "'@joe \"the man\"'"),
        ("it's: so", '"it\'s: so"'),
        ("@home  ", '"@home"  '),
    ],
)
def test_a_value_that_needs_quotes_gets_them(written: str, quoted: str) -> None:
    text = "- id: ada\n  name: Ada # best\n  note: {}\n  status: New\n"

    assert records(text.format(written)) == text.format(quoted)


def test_the_records_around_a_broken_one_stay_to_the_letter() -> None:
    sound = "# people\n- {id: bo, name: 'Bo'}\n"
    text = f"{sound}- id: ada\n\tname: rate: %5\n\n- id: cy\n  name: Cy\n"

    assert records(text) == f'{sound}- id: ada\n  name: "rate: %5"\n\n- id: cy\n  name: Cy\n'


def test_each_repair_is_told_with_its_line() -> None:
    text = "# people\n- id: bo\n  name: Bo\n- id: ada\n\tname: @ada\n"
    mended = mend_records(text, "contacts.yaml", BOTH)

    assert [(each.fix, each.where.line, each.message) for each in mended.repairs] == [
        ("tabs", 5, "indented with blanks instead of tabs"),
        ("quotes", 5, 'put in quotes: name: "@ada"'),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- id: ada\n  note: call: back # or not\n",
        "- id: ada\n  note: 'call: back\n",
        "- id: ada\n  note: [a\n",
        "- id: ada\n  note: !!binary x\n",
        "- id: ada\n  note: &a x\n  more: *a\n",
        "- id: ada\n  name: Ada\n    status: New\n",
        "- id: ada\n  note: call: back\n    tomorrow\n",
        "- id: ada\n  name: Ada\n  name: Eve\n",
        "<<<<<<< HEAD\n- id: ada\n\tname: Ada\n=======\n- id: ada\n>>>>>>> other\n",
    ],
)
def test_what_may_be_meant_otherwise_stays_as_it_is(text: str) -> None:
    assert records(text) == text


def test_tabs_inside_a_text_of_several_lines_stay_where_widths_would_differ() -> None:
    text = "- id: ada\n  note: |\n    one\n  \ttwo\n"

    assert records(text) == text


@pytest.mark.parametrize(("fix", "other"), [("tabs", "quotes"), ("quotes", "tabs")])
def test_a_record_that_needs_more_than_was_asked_for_stays(fix: str, other: str) -> None:
    text = "- id: ada\n\tname: @ada\n"

    assert records(text, fix) == text
    assert records(text, fix, other) != text


def test_a_sound_text_stays_as_it_is() -> None:
    text = "- id: ada\n  note: |\n    one\n    \ttwo\n  more: a #1\n"

    assert records(text) == text


def test_a_file_of_one_record_is_mended_at_its_margin() -> None:
    mended = mend_record("name: Ada\n\tstatus: New\nnote: a: b\n", "contacts/ada.yaml", BOTH)

    assert mended.text == 'name: Ada\nstatus: New\nnote: "a: b"\n'
    assert read_record(mended.text, "")[1] == []


def test_stages_are_mended_as_a_whole() -> None:
    text = "statuses:\n\tNew: {touch_every: 2 days}\n\tOld:\n\t\thelp: done: over\n"
    mended = mend_tree(text, "stages.yaml", BOTH).text

    assert mended == 'statuses:\n  New: {touch_every: 2 days}\n  Old:\n    help: "done: over"\n'


def test_a_second_pass_changes_nothing() -> None:
    once = records("- id: ada\n\tname: @ada\n- id: bo\n  note: a: b\n")

    assert records(once) == once

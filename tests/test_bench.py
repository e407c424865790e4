"""The made-up books of the benchmark are sound ones, and its tables say what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import goals
from bench.books import FORMS, write_book
from bench.goals import goals_table
from bench.page import blocks, filled
from bench.people import people
from bench.plot import plot
from bench.results import Record, read, write
from bench.tables import growth_table, others_table, own_table, slope
from bench.timing import Result
from leadctl.store.journal import lines_of, read_journal
from tests.commands import Outcome, Run

NAMES = {"list": "`list`", "touch": "`touch`"}


@pytest.fixture
def record() -> Record:
    """Two sizes; the list takes as long in both, the touch ten times as long."""
    found = Record(machine={"cores": "2"}, versions={"miller": "6.6.0"})
    for size, touch in ((1_000, 0.2), (10_000, 2.0)):
        ours = Result(0.3, 0.29, 0.4, 10, 30 * 1024, python=0.02, start=0.1)
        found.add(size, "list", {"leadctl yaml": ours, "miller": Result(0.006, runs=10)})
        found.add(size, "touch", {"leadctl yaml": Result(touch, least=touch, start=0.1)})
    found.add(10_000, "touch", {"recutils": Result(failed="took longer than 300 s")})
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_made_up_book_is_sound(form: str, tmp_path: Path, run: Run) -> None:
    root = tmp_path / "book"
    root.mkdir(mode=0o700)
    write_book(root, people(50), form)

    assert run("check", "--book", root) == Outcome(0, "", "")
    assert len(run("list", "--format", "ids", "--book", root).out.split()) == 50


def test_the_journal_is_what_leadctl_would_have_written(tmp_path: Path) -> None:
    root = tmp_path / "book"
    root.mkdir(mode=0o700)
    write_book(root, people(50), "yaml")
    content = (root / "journal.jsonl").read_bytes()
    journal = read_journal(content, "journal.jsonl")

    assert len(journal.events) == 5 * 50
    assert lines_of(journal.events) == content


def test_the_same_seed_makes_the_same_contacts() -> None:
    assert [*people(20)] == [*people(20)]
    assert [*people(20)] != [*people(20, seed=2)]


def test_nobody_shares_an_id_an_address_or_a_number() -> None:
    contacts = [*people(2_000)]

    for name in ("id", "email", "phone"):
        values = [getattr(each, name) for each in contacts if getattr(each, name)]
        assert len(set(values)) == len(values), name


def test_a_table_shows_ratios_to_what_ran_beside_it(record: Record) -> None:
    assert own_table(record.sizes[1_000], {"list": "`list`"}) == (
        "|  | yaml | yaml × `--version` | yaml × bare Python | memory |\n"
        "| --- | ---: | ---: | ---: | ---: |\n"
        "| `list` | 300 ms | 3.0 | 15.0 | 30 MB |"
    )


def test_others_are_held_against_leadctl(record: Record) -> None:
    table = others_table(record.sizes[10_000], NAMES)

    assert table.splitlines()[2:] == [
        "| `list` | 300 ms | 6.0 ms (0.02) | – |",
        "| `touch` | 2.00 s | – | failed |",
    ]


def test_growth_is_the_slope_on_logarithmic_scales(record: Record) -> None:
    assert slope(record, "list", "leadctl yaml") == pytest.approx(0)
    assert slope(record, "touch", "leadctl yaml") == pytest.approx(1)
    assert growth_table(record, NAMES).splitlines()[-1] == (
        "| `touch` | 200 ms | 2.00 s | 1.00 | – | – |"
    )


def test_a_missed_goal_says_by_how_much(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(goals.GOALS, "list", goals.Goal(starts=4))
    monkeypatch.setitem(goals.GOALS, "touch", goals.Goal(seconds=0.5))
    table = goals_table(10_000, record.sizes[10_000], NAMES).splitlines()
    rows = {row.split(" | ")[0]: row for row in table}

    assert ", met |" in rows["| `list`"]
    assert ", missed: 4.00 × the limit |" in rows["| `touch`"]


def test_each_form_has_its_own_goal() -> None:
    goal = goals.Goal(seconds=8, other={"csv": goals.Goal(starts=2)})
    cold = {"leadctl yaml": Result(7.0, start=0.1), "leadctl csv": Result(0.3, start=0.1)}

    assert (goal.of("yaml").limit(0.1), goal.of("csv").limit(0.1)) == (8, 0.2)
    assert goal.words == "8 s, csv 2 × `--version`"
    table = goals_table(100_000, {"cold": cold}, {"cold": "from nothing"})
    assert "| from nothing | 8 s, csv 5 s, dir 15 s | 7.00 s, met | 300 ms, met |" in table


def test_reads_of_a_very_large_book_may_take_longer() -> None:
    results = {"show": {"leadctl yaml": Result(0.29, start=0.1)}}

    assert "290 ms, missed: 1.45 × the limit" in goals_table(999_999, results, {"show": "show"})
    assert "3 × `--version` | 290 ms, met" in goals_table(1_000_000, results, {"show": "show"})


def test_only_what_is_between_the_marks_is_replaced(record: Record) -> None:
    page = "before\n<!-- bench: growth -->\nold\n<!-- end of growth -->\nafter\n"
    once = filled(page, blocks(record, NAMES))

    assert once.startswith("before\n<!-- bench: growth -->\n\n|")
    assert once.endswith("<!-- end of growth -->\nafter\n")
    assert filled(once, blocks(record, NAMES)) == once


def test_partial_results_are_added_to_earlier_ones(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write(path, record)
    kept = read(path)
    kept.add(1_000, "list", {"miller": Result(0.007)})

    assert read(path) == record
    assert kept.sizes[1_000]["list"]["miller"].median == 0.007
    assert kept.sizes[1_000]["list"]["leadctl yaml"].median == 0.3


def test_the_plot_has_a_label_for_each_line() -> None:
    drawing = plot({"a & b": [(1_000, 0.1), (10_000, 1.0)], "never measured": []}, "title")

    assert drawing.count("<polyline") == 1
    assert ">a &amp; b</text>" in drawing
    assert "never measured" not in drawing

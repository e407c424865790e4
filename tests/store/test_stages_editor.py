"""stages.yaml in many hands' styles: what is meant changes, and not one other character."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.dates import parse_interval
from leadctl.errors import RequestError
from leadctl.stage_edits import (
    StagesEdit,
    add_status,
    move_status,
    remove_status,
    rename_status,
    take_in_name,
)
from leadctl.stage_order import Place
from leadctl.stages import Stages, Status
from leadctl.store.edit_error import EditError
from leadctl.store.stages_editor import edit_stages
from leadctl.store.yaml_quoting import scalar
from tests.people import stages_of

PLAIN = """\
# Mine.
default: New
stages:
  Hot: {statuses: [New, Active]}  # be quick
  Warm:
    statuses:
      - Engage  # the many
      # not forgotten
      - Future
statuses:

  # Just came in.
  New:
    touch_every: 2 days
    next: [Engage, Active]  # usual

  # We talk.
  Engage:
    touch_every: 7 days
    # Two months are enough.
    limit: 60 days
  # Later.
  Future: {touch_every: 30 days, next: [Engage]}

  Active: # in work
    touch_every: 14 days
views:
  hot: 'status:Engage,New -is:snoozed'
"""
COMPACT = (
    '{default: New, stages: {Hot: {statuses: [New]}}, statuses: {New: {touch_every: 2d}, "Old": {'
    "touch_every: never, next: [New]}, Idle: }, views: {v: status:Old}}\n"
)


def done(text: str, edit: StagesEdit) -> str:
    return edit_stages(text, edit.stages, renamed=edit.renamed)


def rename(text: str, old: str, new: str) -> str:
    return done(text, rename_status(stages_of(text.removeprefix("\ufeff")), old, new))


def remove(text: str, name: str, into: str = "") -> str:
    return done(text, remove_status(stages_of(text), name, into=into))


def move(text: str, name: str, place: Place | None = None, stage: str | None = None) -> str:
    return done(text, move_status(stages_of(text), name, place or Place(), stage=stage))


def add(text: str, name: str, place: Place | None = None, **of: str) -> str:
    every, limit = of.get("touch_every"), of.get("limit")
    status = Status(
        name,
        stage=of.get("stage", ""),
        touch_every=parse_interval(every) if every else None,
        limit=parse_interval(limit) if limit else None,
    )
    return done(text, add_status(stages_of(text), status, place=place or Place()))


def replaced(text: str, pieces: Mapping[str, str]) -> str:
    for old, new in pieces.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_new_name_stands_wherever_the_old_one_stood() -> None:
    assert rename(PLAIN, "engage", "Non Client") == replaced(
        PLAIN,
        {
            "- Engage  # the many": "- Non Client  # the many",
            "[Engage, Active]": "[Non Client, Active]",
            "  Engage:\n": "  Non Client:\n",
            "    limit: 60 days\n": "    limit: 60 days\n    aliases: [Engage]\n",
            "next: [Engage]}": "next: [Non Client]}",
            "'status:Engage,New": '\'status:"Non Client",New',
        },
    )


def test_the_default_follows_a_new_name() -> None:
    assert "default: Fresh\n" in rename(PLAIN, "New", "Fresh")


def test_in_flow_style_a_new_name_keeps_its_quotes() -> None:
    assert rename(COMPACT, "Old", "Older") == replaced(
        COMPACT,
        {
            '"Old"': '"Older"',
            "next: [New]}": "next: [New], aliases: [Old]}",
            "status:Old": '"status:Older"',
        },
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("NO", '"NO"'),
        ("on", '"on"'),
        ("1e3", '"1e3"'),
        ("#x", '"#x"'),
        ("a: b", '"a: b"'),
        ("Éloigné", "Éloigné"),
        ('it\'s "so"', 'it\'s "so"'),
        ("x, y]", "x, y]"),
        ("[x", '"[x"'),
        ("null", '"null"'),
        ("?", '"?"'),
    ],
)
def test_a_name_that_yaml_would_misread_is_quoted(name: str, written: str) -> None:
    text = rename(PLAIN, "New", name)

    assert f"\n  {written}:\n" in text
    assert stages_of(text).default == name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A:", "B:\n    aliases: [A]"),
        ("A: # empty", "B: # empty\n    aliases: [A]"),
        ("A: {}", "B: {aliases: [A]}"),
        ("A: ''", "B: {aliases: [A]}"),
        ("A: {aliases: [Z]}", "B: {aliases: [Z, A]}"),
        ("A: {aliases: }", "B: {aliases: [A] }"),
        ("A:\n    aliases:\n    - Z # z", "B:\n    aliases:\n    - Z # z\n    - A"),
        ("A:\n    aliases:\n    limit: 1d", "B:\n    aliases: [A]\n    limit: 1d"),
        ("A:\n    aliases: [\n      Z, # z\n    ]", "B:\n    aliases: [\n      Z, A, # z\n    ]"),
    ],
)
def test_the_old_name_becomes_an_alias_in_the_style_of_the_status(
    written: str, expected: str
) -> None:
    text = "default: C\nstatuses:\n  {}\n  C: {{limit: 1d}}\n"

    assert rename(text.format(written), "A", "B") == text.format(expected)


def test_a_status_can_be_called_by_an_old_name_of_its_own_again() -> None:
    once = rename(PLAIN, "Engage", "Contacted")

    assert stages_of(rename(once, "Contacted", "Engage")) == stages_of(
        replaced(PLAIN, {"    limit: 60 days": "    limit: 60 days\n    aliases: [Contacted]"})
    )


def test_another_case_of_a_name_is_no_alias() -> None:
    assert stages_of(rename(PLAIN, "Engage", "ENGAGE")).get("engage").aliases == ()


def test_a_name_that_the_file_has_lost_becomes_an_alias() -> None:
    text = done(PLAIN, take_in_name(stages_of(PLAIN), "Talking", "Future"))

    assert text == replaced(PLAIN, {"next: [Engage]}": "next: [Engage], aliases: [Talking]}"})


def test_a_status_goes_into_another_one_with_its_names() -> None:
    assert remove(PLAIN, "Engage", "Future") == replaced(
        PLAIN,
        {
            "      - Engage  # the many\n": "",
            "[Engage, Active]": "[Future, Active]",
            "  # We talk.\n  Engage:\n    touch_every: 7 days\n"
            "    # Two months are enough.\n    limit: 60 days\n": "",
            "\n  # Later.": "  # Later.",
            "next: [Engage]}": "next: [], aliases: [Engage]}",
            "status:Engage,New": "status:Future,New",
        },
    ).replace("usual\n  # Later", "usual\n  # Later")


def test_the_default_goes_to_the_one_that_takes_the_place() -> None:
    assert "default: Engage\n" in remove(PLAIN, "New", "Engage")


def test_the_only_status_of_a_stage_leaves_an_empty_list() -> None:
    text = (
        "default: B\nstages:\n  S:\n    statuses: [A] # s\n    colour: red\nstatuses: {A: , B: }\n"
    )

    assert remove(text, "A") == text.replace("[A]", "[]").replace("{A: , ", "{")


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("{A: {}, B: {}, C: {}}", "{A: {}, C: {}}"),
        ("{A: {}, C: {}, B: {}}", "{A: {}, C: {}}"),
        ("{A: {}, C: {}, B: {},}", "{A: {}, C: {},}"),
        ("{B: {}, A: {}, C: {}}", "{A: {}, C: {}}"),
        (
            "{\n  A: {}, # a\n  B: {}, # b\n  C: {} # c\n }",
            "{\n  A: {}, # a\n   # b\n  C: {} # c\n }",
        ),
        (
            "{\n  A: {},\n  C: {}, # c\n  B: {}, # b\n }",
            "{\n  A: {},\n  C: {}, # c\n   # b\n }",
        ),
    ],
)
def test_a_status_between_brackets_goes_with_its_comma(flow: str, expected: str) -> None:
    assert remove(f"default: A\nstatuses: {flow}\n", "B") == f"default: A\nstatuses: {expected}\n"


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (Place(is_first=True), "Active New Engage Future"),
        (Place(after="New"), "New Active Engage Future"),
        (Place(before="future"), "New Engage Active Future"),
        (Place(is_last=True), "New Engage Future Active"),
    ],
)
def test_every_place_can_be_reached(place: Place, order: str) -> None:
    edit = move_status(stages_of(PLAIN), "Active", place, stage=None)
    text = done(PLAIN, edit) if edit.what else PLAIN

    assert [status.name for status in stages_of(text).statuses] == order.split()
    assert sorted(text.splitlines()) == sorted(PLAIN.splitlines())


def test_a_status_takes_its_comments_along() -> None:
    block = (
        "  # We talk.\n  Engage:\n    touch_every: 7 days\n"
        "    # Two months are enough.\n    limit: 60 days\n"
    )
    active = "  Active: # in work\n    touch_every: 14 days\n"

    assert move(PLAIN, "Engage", Place(is_last=True)) == replaced(
        PLAIN, {f"\n{block}": "", active: f"{active}\n{block}"}
    )


def test_the_first_status_leaves_its_blank_line_above_the_next_one() -> None:
    text = "default: B\nstatuses:\n  A:\n\n  B:\n\n  C:\n"

    assert move(text, "A", Place(is_last=True)) == "default: B\nstatuses:\n  B:\n\n  C:\n\n  A:\n"
    assert move(text, "C", Place(is_first=True)) == "default: B\nstatuses:\n  C:\n\n  A:\n\n  B:\n"


def test_a_comment_that_stands_by_itself_stays_where_it_is() -> None:
    text = "default: A\nstatuses:\n  A:\n\n  # --- later ---\n\n  B:\n  C:\n  # the end\n"

    assert move(text, "A", Place(after="B")) == (
        "default: A\nstatuses:\n  # --- later ---\n\n  B:\n\n  A:\n  C:\n  # the end\n"
    )


def test_the_last_line_may_lack_its_end() -> None:
    text = "default: A\nstatuses:\n  A: {limit: 1d}\n  B: {limit: 2d}"

    assert stages_of(move(text, "A", Place(is_last=True))).statuses[1].name == "A"
    assert move(text, "B", Place(is_first=True)) == (
        "default: A\nstatuses:\n  B: {limit: 2d}\n  A: {limit: 1d}\n"
    )
    assert add(text, "C") == f"{text}\n  C: {{}}\n"


def test_another_stage_takes_the_status_in_at_its_place_of_the_pipeline() -> None:
    text = move(PLAIN, "Engage", stage="hot")

    assert text == replaced(
        PLAIN,
        {"[New, Active]": "[New, Engage, Active]", "- Engage  # the many": "# the many"},
    )


def test_a_status_can_leave_its_stage() -> None:
    assert "Hot: {statuses: [New]}  # be quick" in move(PLAIN, "Active", stage="")


def test_a_colour_of_its_own_does_not_hinder_a_status_in_its_move() -> None:
    text = (
        "default: A\nstages: {R: {statuses: [A], colour: red}, S: {statuses: [B], colour: blue}}\n"
        "statuses:\n  A: {colour: red}\n  B: {}\n"
    )

    assert "R: {statuses: [], colour: red}, S: {statuses: [A, B]" in move(text, "A", stage="S")


def test_a_new_status_stands_behind_its_stage_in_the_style_of_its_neighbour() -> None:
    assert add(PLAIN, "Viewing", stage="Hot", touch_every="3 days", limit="30 days") == (
        replaced(
            PLAIN,
            {
                "[New, Active]": "[New, Active, Viewing]",
                "    touch_every: 14 days\n": "    touch_every: 14 days\n"
                "  Viewing:\n    touch_every: 3 days\n    limit: 30 days\n",
            },
        )
    )
    assert "\n  Cold: {touch_every: never}\n" in add(
        PLAIN, "Cold", Place(after="Future"), touch_every="never"
    )


def test_a_new_status_between_brackets() -> None:
    assert "Idle: , No one: {touch_every: 3 days} }" in add(COMPACT, "No one", touch_every="3 days")
    assert "statuses: {First: {}, New:" in add(COMPACT, "First", Place(is_first=True))


def test_a_new_status_in_a_stage_that_had_none() -> None:
    text = "default: A\nstages:\n  S:\nstatuses:\n    A:\n        limit: 1d\n"

    assert add(text, "B", stage="S", limit="2d") == (
        "default: A\nstages:\n  S:\n    statuses: [B]\nstatuses:\n    A:\n        limit: 1d\n"
        "    B:\n        limit: 2 days\n"
    )


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeff" + PLAIN.replace("\n", "\r\n")
    after = rename(text, "Engage", "Contacted")

    assert after == "\ufeff" + rename(PLAIN, "Engage", "Contacted").replace("\n", "\r\n")


def test_a_query_in_lines_of_its_own_is_followed() -> None:
    text = "default: A\nstatuses: {A: , B: }\nviews:\n  v: >-\n    status:A\n    is:due\n  w: x\n"

    assert stages_of(rename(text, "A", "Z")).views == {"v": "status:Z is:due", "w": "x"}


def test_a_text_that_is_not_sound_is_refused() -> None:
    with pytest.raises(EditError):
        edit_stages("default: A\n", stages_of(PLAIN), renamed={})


def test_what_comes_out_has_to_be_what_was_meant() -> None:
    wanted = replace(stages_of(PLAIN), criteria=frozenset({"pinned"}))

    with pytest.raises(EditError, match="not what was meant"):
        edit_stages(PLAIN, wanted, renamed={})


NAMES = st.sampled_from(
    ["New", "Engage", "Non Client", "NO", "on", "1e3", "#x", "a: b", "Éloigné", "x,y", "-", "it's"]
) | st.text("ab :#'\"[]{},-é\\&*!|>%@`?~=", min_size=1, max_size=6).map(str.strip).filter(bool)
COMMENTS = st.sampled_from(["", "  # c{}", " # '\"[ {}"])
INTERVALS = ("1 day", "2 weeks", "never")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A stages.yaml such as people write, in any mix of styles."""
    names = draw(
        st.lists(NAMES, min_size=2, max_size=5, unique_by=lambda name: " ".join(folded(name)))
    )
    count = iter(range(1000))
    eol = draw(st.sampled_from(["\n", "\r\n"]))
    pad = " " * draw(st.integers(1, 4))

    def note() -> str:
        return draw(COMMENTS).format(next(count))

    def blank() -> list[str]:
        alone = [f"# alone {next(count)}", f"{pad}# own {next(count)}", "", "  "]
        return draw(st.lists(st.sampled_from(alone), max_size=2))

    def spelt(name: str, *, in_flow: bool) -> str:
        return scalar(name, in_flow=in_flow, quote=draw(st.sampled_from(["", "'", '"'])))

    def listed(items: list[str], indent: str) -> str:
        if not items or draw(st.booleans()):
            return f" [{', '.join(spelt(x, in_flow=True) for x in items)}]{note()}"
        dashes = [f"{indent}- {spelt(item, in_flow=False)}{note()}" for item in items]
        return eol.join([note(), *dashes])

    def status(name: str) -> list[str]:
        following = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
        style = draw(st.sampled_from(["empty", "flow", "block"]))
        if style == "empty":
            return [f"{pad}{spelt(name, in_flow=False)}:{note()}"]
        if style == "flow":
            items = ", ".join(spelt(each, in_flow=True) for each in following)
            return [f"{pad}{spelt(name, in_flow=False)}: {{next: [{items}]}}{note()}"]
        every = draw(st.sampled_from(INTERVALS))
        return [
            f"{pad}{spelt(name, in_flow=False)}:{note()}",
            f"{pad * 2}touch_every: {every}{note()}",
            draw(st.sampled_from(["", f"{pad * 2}# own {next(count)}"])),
            f"{pad * 2}next:{listed(following, pad * 3)}",
        ]

    taken = draw(st.integers(0, len(names)))
    stages = [names[:taken], names[taken:]] if draw(st.booleans()) else []
    lines = [f"default: {spelt(names[0], in_flow=False)}{note()}", *blank()]
    if stages:
        lines.append(f"stages:{note()}")
    for number, members in enumerate(stages):
        lines += [f"{pad}S{number}:{note()}", f"{pad * 2}statuses:{listed(members, pad * 2)}"]
    lines += [*blank(), f"statuses:{note()}", *blank()]
    for name in names:
        lines += [*status(name), *blank()]
    asked = draw(st.sampled_from([name for name in names if '"' not in name] or ["x"]))
    query = f'status:"{asked}" is:due' if asked in names else "is:due"
    lines += [f"views:{note()}", f"{pad}v: {spelt(query, in_flow=False)}{note()}"]
    text = eol.join(lines) + draw(st.sampled_from(["", eol]))
    return draw(st.sampled_from(["", "\ufeff"])) + text


def folded(name: str) -> list[str]:
    from leadctl.matching import fold

    return fold(name).split()


@st.composite
def edits(draw: st.DrawFn, stages: Stages) -> StagesEdit:
    names = [status.name for status in stages.statuses]
    one, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    place = draw(
        st.sampled_from(
            [Place(after=other), Place(before=other), Place(is_first=True), Place(is_last=True)]
        )
    )
    stage = draw(st.sampled_from([each.name for each in stages.stages] or [""]))
    kind = draw(st.sampled_from(["add", "rename", "remove", "move", "stage"]))
    if kind == "add":
        status = Status(draw(NAMES), stage=stage, limit=parse_interval("3 days"))
        return add_status(stages, status, place=place)
    if kind == "rename":
        return rename_status(stages, one, draw(NAMES))
    if kind == "remove":
        return remove_status(stages, one, into=draw(st.sampled_from([other, ""])))
    return move_status(stages, one, place, stage=stage if kind == "stage" else None)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_change_of_any_text_means_what_was_meant_and_keeps_the_comments(
    data: st.DataObject,
) -> None:
    text = data.draw(texts())
    try:
        stages = stages_of(text.removeprefix("\ufeff"))
    except AssertionError:
        # Two names that fold to the same text, or an alone comment inside a list.
        return
    try:
        edit = data.draw(edits(stages))
    except RequestError:
        return
    after = done(text, edit) if edit.what else text

    assert stages_of(after.removeprefix("\ufeff")) == edit.stages
    gone = [one for one in comments(text) if one not in comments(after)]
    # Those of a status that goes, go with it; all that stand by themselves stay.
    assert not gone or (edit.what.startswith("removed") and "# alone" not in "".join(gone))
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"# (?:c|'\"\[ |alone |own )\d+", text))

"""Any change of any stages.yaml: it means what was meant, and the comments stay."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.dates import parse_interval
from leadctl.errors import RequestError
from leadctl.stage_edits import StagesEdit, add_status, move_status, remove_status, rename_status
from leadctl.stage_order import Place
from leadctl.stages import Stages, Status
from leadctl.store.yaml_quoting import scalar
from tests.people import stages_of
from tests.store.stages_texts import done

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

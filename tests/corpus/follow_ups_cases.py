"""What people really do to followups.yaml and followups.csv."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.case import Case

_SOUND = "- id: k7m2\n  contact: ada\n  due: 2026-11-25\n  what: send the offer\n"
_HEADER = "id,contact,due,time,what\n"
_LIST = ("todo", "list", "--strict")
_ADD = ("todo", "add", "bob", "call", "--due", "fri")


def _spoilt(row: str, title: str, follow_up: str, place: str, *words: str, code: int = 3) -> Case:
    """A case of one more *follow_up* from line 5 on; the others are listed all the same."""
    return Case(
        row=row,
        title=title,
        code=code,
        files={"followups.yaml": _SOUND + follow_up},
        command=_LIST,
        where=f"followups.yaml:{place}",
        says=(*words, "send the offer"),
    )


def _follow_ups_are_a_folder(root: Path) -> None:
    (root / "followups.yaml").mkdir()


CASES: tuple[Case, ...] = (
    _spoilt("T1a", "a follow-up without an id", "- contact: bob\n  due: 2026-11-25\n", "5:3", "this follow-up has no id", "`id: k7m2`"),
    _spoilt("T1b", "a sentence as the id of a follow-up", "- id: Call Bob\n  contact: bob\n  due: 2026-11-25\n", "5:7", '"Call Bob" cannot be an id'),
    _spoilt("T2", "a follow-up for nobody", "- id: c40x\n  due: 2026-11-25\n", "5:7", 'follow-up "c40x" has no contact', "`contact: ada-lovelace`"),
    _spoilt("T3a", "a follow-up without a day", "- id: c40x\n  contact: bob\n", "5:7", 'follow-up "c40x" has no due', "`due: 2026-11-22`"),
    _spoilt("T3b", "the day of a follow-up in words", "- id: c40x\n  contact: bob\n  due: next week\n", "7:8", '"next week" is no date', "write the day as 2026-11-22"),
    _spoilt("T4", "an id twice", "- id: k7m2\n  contact: bob\n  due: 2026-11-25\n", "5:7", 'the id "k7m2" is used twice; first at followups.yaml:1:3'),
    _spoilt("T5", "an hour that is none", "- id: c40x\n  contact: bob\n  due: 2026-11-25\n  time: 9 am\n", "8:9", '"9 am" is no time of day', "write it as 14:30"),
    _spoilt("T6", "a way to do it that is none", "- id: c40x\n  contact: bob\n  due: 2026-11-25\n  via: emial\n", "8:8", '"emial" is no way to do it', 'did you mean "email"?'),
    _spoilt("T7a", "a repeat in words", "- id: c40x\n  contact: bob\n  due: 2026-11-25\n  repeat: now and then\n", "8:11", '"now and then" is no time between two', "every 3 months"),
    _spoilt("T7b", "a day to count from that is none", "- id: c40x\n  contact: bob\n  due: 2026-11-25\n  repeat: weekly\n  start: monday\n", "9:10", '"monday" is no date'),
    Case("T8", "a change of a file of follow-ups with a mistake in it", 3, command=_ADD,
         files={"followups.yaml": f"{_SOUND}- id: c40x\n  contact: bob\n"},
         where="followups.yaml:5:7", says=("nothing was written: followups.yaml has to be mended",)),
    Case("T9", "a follow-up for somebody who is not there", 1,
         files={"followups.yaml": _SOUND.replace("ada", "adda")}, where="followups.yaml:1:3",
         says=('follow-up k7m2 is for "adda"', "leadctl todo remove k7m2")),
    Case("T10", "follow-ups in two forms", 2, command=_LIST,
         files={"followups.yaml": _SOUND, "followups.csv": _HEADER},
         says=("holds its follow-ups twice: followups.yaml and followups.csv",)),
    Case("T11", "a table of follow-ups without the day", 3, command=_LIST,
         files={"followups.csv": "id,contact,what\nk7m2,ada,call\n"}, where="followups.csv:1:1",
         says=('the header has no column "due"',)),
    Case("T12", "a follow-up with a cell too few", 3, command=_LIST,
         files={"followups.csv": f"{_HEADER}k7m2,ada,2026-11-25\nc40x,bob,2026-11-25,,write\n"},
         where="followups.csv:2:20", says=("row with 3 of 5", "write")),
    Case("T13", "a folder in the place of the follow-ups", 6, command=_LIST,
         prepare=_follow_ups_are_a_folder, says=("it is a folder and not a file",)),
    Case("T14", "a comment in a follow-up that is done", 4, command=("todo", "done", "k7m2"),
         files={"followups.yaml": _SOUND.replace("offer", "offer  # by mail")},
         says=("holds a comment, which would be lost", "move the comment first")),
    Case("T15", "follow-ups in the encoding of old Windows programs", 3, command=_LIST,
         files={"followups.yaml": _SOUND.replace("offer", "café").encode("cp1252")},
         where="followups.yaml:4:21", says=("not UTF-8 (byte 0xE9); looks like cp1252",)),
    Case("T16", "a text as a list of follow-ups", 3, command=_LIST,
         files={"followups.yaml": "call ada on friday\n"}, where="followups.yaml:1:1"),
)  # fmt: skip

"""The digest of a day: who stands in which section, and how it reads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.messages.digest_texts import digest_data, digest_text
from leadctl.messages.digests import Digest, digest
from leadctl.prospecting.prospects import Prospect
from tests.listed import listed
from tests.people import TODAY, contact

THURSDAY = date(2026, 11, 19)


def prospect(id_: str, *codes: str, last_touch: str = "", name: str = "Ada Lovelace") -> Prospect:
    """Somebody in status Engage, which wants a touch each week, who is listed for *codes*."""
    who = contact(id_, name=name, status="Engage", created="2026-10-01", last_touch=last_touch)
    reasons = ((code, f"{code} says why") for code in codes)
    return listed(who, reasons, next_step="call 604-555-0102")


def sections(found: Digest) -> dict[str, list[str]]:
    return {each.key: [one.entry.contact.id for one in each.people] for each in found.sections}


def test_the_sections_come_in_the_order_in_which_a_day_is_worked() -> None:
    found = digest(
        [
            prospect("rule", "my_own_rule"),
            prospect("stuck", "stuck"),
            prospect("late", "touch_due", last_touch="2026-11-01"),
            prospect("today", "touch_due", last_touch="2026-11-15"),
            prospect("soon", "touch_due", last_touch="2026-11-17"),
            prospect("jubilee", "anniversary"),
            prospect("birthday", "birthday"),
            prospect("lead", "never_contacted"),
            prospect("pin", "pinned"),
            prospect("step", "plan_step_due"),
            prospect("promise", "follow_up_due"),
        ],
        TODAY,
    )

    assert list(sections(found).items()) == [
        ("follow_ups", ["step", "promise"]),
        ("pinned", ["pin"]),
        ("new_leads", ["lead"]),
        ("birthdays", ["jubilee", "birthday"]),
        ("due_today", ["today"]),
        ("overdue", ["late"]),
        ("due_soon", ["soon"]),
        ("other", ["rule", "stuck"]),
    ]


def test_who_has_several_reasons_stands_in_the_first_section_with_all_of_them() -> None:
    both = prospect("ada", "touch_due", "birthday", last_touch="2026-11-01")
    found = digest([both], TODAY)

    assert sections(found) == {"birthdays": ["ada"]}
    assert "touch_due says why; birthday says why" in digest_text(found)


CODES = st.sampled_from(
    ["follow_up_due", "pinned", "never_contacted", "birthday", "touch_due", "stuck", "a rule"]
)


@given(st.lists(st.lists(CODES, min_size=1, max_size=3, unique=True), max_size=8))
def test_everybody_stands_in_one_section_and_none_is_empty(codes: list[list[str]]) -> None:
    people = [prospect(f"p{number}", *each) for number, each in enumerate(codes)]
    found = digest(people, TODAY)

    placed = [id_ for ids in sections(found).values() for id_ in ids]
    assert sorted(placed) == sorted(each.entry.contact.id for each in people)
    assert found.count == len(people)
    assert all(sections(found).values())


def test_a_digest_reads_like_this() -> None:
    people = [
        prospect("ana", "follow_up_due", name="Ana Ferreira"),
        prospect("ada", "touch_due", last_touch="2026-11-01"),
        prospect("bo", "touch_due", last_touch="2026-11-02", name="Bo"),
        prospect("cy", "touch_due", last_touch="2026-11-03", name="Cy"),
    ]
    found = digest(people, TODAY, last=THURSDAY, new=["ada"])

    assert (
        digest_text(found, most=1, more="leadctl prospects owner:marta")
        == """\
4 to contact on Sunday, 22 November 2026
Not sent since Thursday, 19 November.

Follow-ups (1)
  Ana Ferreira (ana) · Engage
      follow_up_due says why
      next: call 604-555-0102

Overdue (3)
  Ada Lovelace (ada) · Engage · new since Thursday
      touch_due says why
      next: call 604-555-0102
  … 2 more: leadctl prospects owner:marta

When it is done: leadctl touch ID -m NOTE
"""
    )


def test_nobody_makes_no_text() -> None:
    assert digest_text(digest([], TODAY)) == ""


def test_promises_are_never_left_out() -> None:
    people = [prospect(f"p{number}", "follow_up_due") for number in range(3)]

    text = digest_text(digest(people, TODAY), most=1)

    assert "more:" not in text
    assert text.count("next:") == 3


@pytest.mark.parametrize(
    ("last", "is_said"),
    [(None, False), (date(2026, 11, 21), False), (date(2026, 11, 20), True)],
)
def test_missed_days_are_told_and_yesterday_is_none(last: date | None, is_said: bool) -> None:
    text = digest_text(digest([prospect("ada", "pinned")], TODAY, last=last))

    assert ("Not sent since" in text) == is_said


@pytest.mark.parametrize(("unread", "said"), [(1, "1 record "), (3, "3 records ")])
def test_records_that_could_not_be_read_are_told_to_who_reads_the_mail(
    unread: int, said: str
) -> None:
    text = digest_text(digest([prospect("ada", "pinned")], TODAY, unread=unread))

    assert f"\n{said}could not be read: leadctl check\n" in text


def test_a_weekday_that_is_long_past_is_told_by_its_date() -> None:
    found = digest([prospect("ada", "pinned")], TODAY, last=date(2026, 11, 12), new=["ada"])

    assert "new since 2026-11-12" in digest_text(found)


def test_the_subject_counts_and_names_nobody() -> None:
    people = [
        prospect("a", "follow_up_due"),
        prospect("b", "never_contacted"),
        prospect("c", "never_contacted"),
        prospect("d", "stuck"),
    ]

    assert digest(people, TODAY).subject == (
        "4 to contact on Sun 22 Nov: 1 follow-up, 2 new leads, 1 for another reason"
    )


def test_what_would_steer_a_terminal_or_break_a_line_is_shown_and_not_done() -> None:
    text = digest_text(digest([prospect("ada", "pinned", name="Ada\x1b[2J\nBcc: x")], TODAY))

    assert "\x1b" not in text
    assert "\n  Ada\\x1b[2J ↵ Bcc: x (ada)" in text


def test_a_program_gets_everybody_with_the_codes() -> None:
    data = digest_data(digest([prospect("ada", "birthday", "stuck")], TODAY, last=THURSDAY))

    assert data == {
        "day": "2026-11-22",
        "last": "2026-11-19",
        "count": 1,
        "unread": 0,
        "sections": [
            {
                "section": "birthdays",
                "title": "Birthdays and anniversaries",
                "count": 1,
                "contacts": [
                    {
                        "id": "ada",
                        "name": "Ada Lovelace",
                        "status": "Engage",
                        "new": False,
                        "why": ("birthday", "stuck"),
                        "reasons": ("birthday says why", "stuck says why"),
                        "due": "2026-10-08",
                        "next": "call 604-555-0102",
                        "phone": (),
                        "email": (),
                        "urgency": 200,
                    }
                ],
            }
        ],
    }

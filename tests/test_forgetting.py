from __future__ import annotations

import itertools
import re
import shlex
from dataclasses import replace
from datetime import date

import pytest

from leadctl.forgetting import (
    Person,
    Signs,
    alias_of,
    is_traced,
    mentions,
    own_texts,
    stubs,
    texts_of,
)
from leadctl.forgetting_reports import Farewell, history_command, left_lines, plan_lines
from leadctl.problems import Where
from leadctl.records import Event, Record
from leadctl.suppression import Address
from tests.people import contact, event, moved, touched

ADA = contact(
    "ada-lovelace",
    name="Ada Lovelace",
    email=("Ada@example.com",),
    phone=("+44 20 7946 0000",),
    external_id="SF-77120",
    source="Referral",
    note="likes engines",
)
EARLIER = event(
    "edited",
    "2026-02-01",
    who="ada-lovelace",
    changes={"email": (("byron@example.org",), ("Ada@example.com",)), "name": ("Ada Byron", "")},
)
PERSON = Person("ada-lovelace", ADA, (EARLIER,))
SIGNS = Signs(PERSON)


@pytest.mark.parametrize(
    "text",
    [
        "met with Ada Lovelace.",
        "ADA  LOVELACE called",
        "sent by ada\nlovelace",
        "see ada-lovelace",
        "wrote to <ada@EXAMPLE.com>",
        "was byron@example.org before",
        "call 0044 20 79460000",
        "call (020) 7946-0000 after six",
        "her number: 20.7946.0000, evenings",
        "key SF-77120",
        "once Ada Byron",
    ],
)
def test_a_text_mentions_a_person_in_any_spelling(text: str) -> None:
    assert SIGNS.are_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lovelace Street",
        "ada-lovelace-2 is another one",
        "nada@example.com",
        "ada@example.com.au",
        "Adam Lovelace",
        "+44 20 7946 0001",
        "on 2026-11-20 at 10:15",
        "likes engines",
    ],
)
def test_what_only_looks_like_it_is_no_mention(text: str) -> None:
    assert not SIGNS.are_in(text)


def test_somebody_without_name_or_address_is_mentioned_nowhere_else() -> None:
    signs = Signs(Person("x1", None, (touched("2026-01-01", who="x1", note="hello"),)))

    assert not signs.are_in("hello there")
    assert signs.are_in("x1 called")


def test_mentions_name_the_field_or_the_part_of_the_event() -> None:
    record = Record(
        {"id": "bob", "friend": "Ada Lovelace", "phone": ("1 604 555 0101", "442079460000")},
        Where("contacts.yaml", 4),
        {"friend": (6, 11)},
    )
    told = replace(
        touched("2026-03-01", who="bob", note="asked for ada lovelace"),
        line=9,
    )

    found = [
        (str(each.where), each.contact, each.field) for each in mentions(SIGNS, [record], [told])
    ]

    assert found == [
        ("contacts.yaml:6:11", "bob", "friend"),
        ("contacts.yaml:4", "bob", "phone"),
        ("journal.jsonl:9", "bob", "note"),
    ]


def test_all_addresses_present_and_past_are_theirs() -> None:
    assert set(PERSON.addresses) == {
        Address("email", "ada@example.com"),
        Address("email", "byron@example.org"),
        Address("phone", "442079460000"),
    }


def test_what_others_say_as_well_is_nobodys_own() -> None:
    bob = contact("bob", name="Bob Stone", email=("ada@example.com",), note="he likes engines, too")
    own = own_texts(
        PERSON, texts_of([bob], [touched("2026-01-01", who="bob", note="Ada Lovelace!")])
    )

    assert "Ada@example.com" not in own
    assert "likes engines" not in own
    assert "Ada Lovelace" in own
    assert "Referral" not in own


@pytest.mark.parametrize(
    "piece",
    [
        '{"id": "1", "contact": "ada-lovelace", "no',
        '"note": "A\\u0064a Lovelace"',
        'note: "Ada\n  Lovelace"',
        "ein Rest: likes   engines",
        '"phone": ["+44\\u00a020\\u00a07946\\u00a00000"]',
    ],
)
def test_a_piece_of_a_file_is_recognised(piece: str) -> None:
    assert is_traced(piece, SIGNS, ["likes engines"])


def test_a_piece_about_somebody_else_is_not() -> None:
    assert not is_traced(
        '{"contact": "bob", "note": "\\ud83d engines \\x"}', SIGNS, ["likes engines"]
    )


# What stays of an event


def test_a_stub_keeps_what_reports_count_and_nothing_else() -> None:
    told = replace(
        moved("New", "Engage", "2026-03-01T10:20", who="ada-lovelace"),
        id="1m7gz05msb7wj9by",
        origin="import ada-lovelace.csv",
        note="Ada said so",
        reason="divorce",
        ref="T-1",
        via="call",
        outcome="reached",
    )
    (stub,) = stubs(
        Person("ada-lovelace", ADA, (told,)), SIGNS, alias="~abcdefgh", chances=iter([7])
    ).values()

    assert stub == Event(
        id="1m7gz05ms0000007",
        op=told.op,
        at=told.at,
        kind="status",
        contact="~abcdefgh",
        on="2026-03-01",
        by="marta",
        origin="import",
        via="call",
        outcome="reached",
        changes={"status": ("New", "Engage")},
    )


def test_of_a_new_contact_only_the_status_stays() -> None:
    told = event(
        "added", "2026-03-01", who="ada-lovelace",
        changes={"name": ("", "Ada Lovelace"), "status": ("", "New")},
    )  # fmt: skip
    (stub,) = stubs(
        Person("ada-lovelace", None, (told,)), SIGNS, alias="~a", chances=iter([7])
    ).values()

    assert stub.changes == {"status": ("", "New")}


def test_who_wrote_it_stays_unless_it_is_the_person() -> None:
    told = replace(EARLIER, by="ada-lovelace")
    (stub,) = stubs(
        Person("ada-lovelace", None, (told,)), SIGNS, alias="~a", chances=iter([7])
    ).values()

    assert stub.by == ""


def test_words_that_leadctl_does_not_know_go_from_a_touch() -> None:
    told = replace(touched("2026-01-01"), via="Ada's pigeon", outcome="cooed")
    (stub,) = stubs(Person("ada", None, (told,)), SIGNS, alias="~a", chances=iter([7])).values()

    assert (stub.via, stub.outcome) == ("", "")


def test_events_of_one_moment_stay_in_their_order() -> None:
    events = [replace(touched("2026-01-01"), id=f"1m7gz05msb7wj9b{last}") for last in "9a1"]
    made = stubs(Person("ada", None, tuple(events)), SIGNS, alias="~a", chances=iter([2**34 - 1]))

    assert sorted(made, key=lambda old: made[old].id) == sorted(made)
    assert {made[old].id[:9] for old in made} == {"1m7gz05ms"}


def test_an_event_with_an_id_of_its_own_form_gets_the_time_of_its_day() -> None:
    told = touched("2026-01-01")
    (stub,) = stubs(Person("ada", None, (told,)), SIGNS, alias="~a", chances=iter([7])).values()

    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{16}", stub.id)
    assert stub.id.endswith("0000007")


def test_an_alias_is_a_mark_and_eight_letters() -> None:
    found = {alias_of(chance) for chance in itertools.islice(itertools.count(0, 999_999_937), 50)}

    assert len(found) == 50
    assert all(re.fullmatch("~[a-z]{8}", each) for each in found)


# What is said


def test_a_long_list_of_places_is_cut_unless_all_are_asked_for() -> None:
    from leadctl.forgetting import Mention

    places = tuple(Mention(Where("a.md", line), "", "", "Ada") for line in range(30))
    farewell = Farewell("ada", "Ada", "op1", "~a", "contacts.yaml", 1, 0, mentions=places)

    assert left_lines(farewell, show_all=False)[-1] == "  … 10 more (-v lists all)"
    assert len(left_lines(farewell, show_all=True)) == 31
    assert "  30 places elsewhere: left for you to decide" in plan_lines(farewell)


def test_the_line_for_git_survives_the_shell() -> None:
    line = history_command(
        "ada", ["it's $(touch x)", "two\nlines here", "abc"], ["contacts/ada.yaml"]
    )

    assert line.startswith(
        "git filter-repo --invert-paths --path contacts/ada.yaml --replace-text "
    )
    inner = line.partition("<(")[2].removesuffix(")")
    assert shlex.split(inner)[2:] == [
        r"regex:(?<![\w-])ada(?![\w-])==>~",
        "literal:it's $(touch x)==>~",
        "literal:lines here==>~",
    ]


def test_days_stay() -> None:
    (stub,) = stubs(
        Person("ada", None, (touched("2026-01-02"),)), SIGNS, alias="~a", chances=iter([7])
    ).values()

    assert stub.day == date(2026, 1, 2)

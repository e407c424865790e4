"""The example books agree with themselves: journal, contacts and stages tell one story."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from datetime import date, datetime

import pytest

from tests.example_books import (
    EXAMPLES,
    PRESETS,
    ROOT,
    Fields,
    contacts,
    histories,
    journal,
    load,
    operations,
    statuses,
)

TODAY = date(2026, 11, 22)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEYS = "id op at kind contact on by origin note reason via outcome ref changes"

books = pytest.mark.parametrize("book", PRESETS)


def slug(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def milliseconds(event_id: str) -> int:
    number = 0
    for letter in event_id[:9]:
        number = number * 32 + ALPHABET.index(letter)
    return number


@books
def test_a_book_has_its_files_and_no_folder_of_leadctl(book: str) -> None:
    folder = EXAMPLES / book
    preset = ROOT / "leadctl" / "presets" / f"{PRESETS[book]}.yaml"

    assert (folder / "stages.yaml").read_bytes() == preset.read_bytes()
    assert (folder / ".gitattributes").read_text() == "journal.jsonl merge=union\n"
    assert len(re.findall(r"\.$", (folder / "README.md").read_text(), re.MULTILINE)) == 3
    assert not (folder / ".leadctl").exists()


def test_the_package_carries_the_examples() -> None:
    assert (ROOT / "leadctl" / "examples").resolve() == EXAMPLES


@books
def test_ids_are_slugs_of_the_names_and_repeats_are_numbered(book: str) -> None:
    seen: dict[str, int] = defaultdict(int)
    expected = set()
    for name in (str(record["name"]) for record in contacts(book).values()):
        seen[slug(name)] += 1
        expected.add(slug(name) if seen[slug(name)] == 1 else f"{slug(name)}-{seen[slug(name)]}")

    assert set(contacts(book)) == expected
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", name) for name in expected)


def test_a_file_of_one_contact_is_named_by_its_id() -> None:
    files = sorted((EXAMPLES / "calls" / "contacts").glob("*.yaml"))

    assert [file.stem for file in files] == [str(load(file)["id"]) for file in files]


@books
def test_every_status_of_the_preset_occurs_and_no_other(book: str) -> None:
    assert {record["status"] for record in contacts(book).values()} == set(statuses(book))


@books
def test_nothing_leads_to_a_real_person(book: str) -> None:
    reserved = re.compile(
        r"1?(604|778|236|416)55501\d\d|44(207946|7700900)\d+|(020)?7946\d{4}|07700900\d{3}"
        r"|(49)?0?3023125\d{3}|4684650\d{4}|33199\d{6}|35320912\d{4}|020794\d{5}"
    )
    for record in contacts(book).values():
        for email in record.get("email", ()):
            assert re.search(r"@(example\.(com|org|net)|[a-z0-9-]+\.example)$", email)
        for phone in record.get("phone", ()):
            assert reserved.fullmatch(re.sub(r"\D", "", phone)), phone


@books
def test_every_event_is_of_a_contact_of_the_book(book: str) -> None:
    assert set(histories(book)) <= set(contacts(book))


@books
def test_only_the_agent_wrote_a_contact_by_hand(book: str) -> None:
    by_hand = set(contacts(book)) - set(histories(book))

    assert by_hand == ({"rosalind-achterberg"} if book == "agent" else set())


@books
def test_lines_have_their_keys_in_order_and_nothing_empty(book: str) -> None:
    for line in (EXAMPLES / book / "journal.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        data = json.loads(line)

        assert list(data) == [key for key in KEYS.split() if key in data]
        assert all(data.values())
        assert line == json.dumps(data, ensure_ascii=False)


@books
def test_event_ids_increase_and_tell_the_time(book: str) -> None:
    ids = [event["id"] for event in journal(book)]

    assert ids == sorted(set(ids))
    for event in journal(book):
        assert re.fullmatch(rf"[{ALPHABET}]{{16}}", event["id"])
        assert milliseconds(event["id"]) // 1000 == int(event.at.timestamp())


@books
def test_times_have_an_offset_and_nothing_happens_after_it_is_written_down(book: str) -> None:
    for event in journal(book):
        assert event.at.utcoffset() is not None
        assert event["on"] <= event["at"][: len(event["on"])]
    evening = datetime.fromisoformat("2026-11-21T22:00:00")
    late = [event.at for event in journal(book) if event.at.replace(tzinfo=None) > evening]
    assert len(late) <= 2
    assert all(at.date() == TODAY and at.hour < 12 for at in late)


@books
def test_events_of_one_operation_share_time_person_and_origin(book: str) -> None:
    for events in operations(book):
        assert re.fullmatch(rf"[{ALPHABET}]{{6}}", events[0]["op"])
        assert len({(event["at"], event["by"], event["origin"]) for event in events}) == 1
        assert milliseconds(events[-1]["id"]) == milliseconds(events[0]["id"])


@books
def test_every_event_says_what_its_kind_needs(book: str) -> None:
    needs = {
        "status": {"status"},
        "snoozed": {"snoozed_until"},
        "unsnoozed": {"snoozed_until"},
        "pinned": {"pinned"},
        "unpinned": {"pinned"},
        "touched": set(),
        "noted": set(),
    }
    for event in journal(book):
        kind = event["kind"]
        assert kind in needs or kind in ("added", "edited")
        assert bool(event["via"]) == bool(event["outcome"]) == (kind == "touched")
        assert event["note"] or kind != "noted"
        assert set(event.changes) == needs.get(kind, set(event.changes))
        assert all(old != new for old, new in event.changes.values())


@books
def test_an_added_contact_starts_with_all_its_fields(book: str) -> None:
    for name, events in histories(book).items():
        added = [event for event in events if event["kind"] == "added"]

        assert added == events[:1]
        assert list(added[0].changes)[:2] == ["id", "name"]
        assert added[0].changes["id"] == ("", name)
        assert all(old == "" for old, _ in added[0].changes.values())


@books
def test_playing_the_journal_gives_the_contacts_file(book: str) -> None:
    for name, events in histories(book).items():
        played: Fields = {}
        for event in events:
            for field, (old, new) in event.changes.items():
                assert played.get(field, "") == old, (event["id"], field)
                played[field] = new

        assert {field: value for field, value in played.items() if value} == contacts(book)[name]


@books
def test_a_contact_came_on_the_day_it_was_added_unless_it_was_imported(book: str) -> None:
    for name, events in histories(book).items():
        created = str(contacts(book)[name]["created"])

        assert created[:10] == events[0]["on"][:10]
        assert created <= events[0]["at"][: len(created)]
        assert events[0]["origin"] or created[:10] == events[0]["at"][:10]


@books
def test_a_touch_takes_the_pin_away_in_the_same_operation(book: str) -> None:
    for events in histories(book).values():
        pinned = False
        for event, following in zip(events, [*events[1:], None], strict=True):
            if event["kind"] == "touched" and pinned:
                assert following is not None
                assert (following["kind"], following["op"]) == ("unpinned", event["op"])
            pinned = {"pinned": True, "unpinned": False}.get(event["kind"], pinned)


@books
def test_nobody_is_touched_before_being_known_or_after_today(book: str) -> None:
    for name, events in histories(book).items():
        days = [event["on"][:10] for event in events if event["kind"] == "touched"]

        assert all(str(contacts(book)[name]["created"])[:10] <= day for day in days)
        assert all(day <= TODAY.isoformat() for day in days)

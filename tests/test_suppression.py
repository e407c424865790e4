from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.suppression import (
    NOBODY,
    Address,
    addresses,
    read_suppressed,
    suppressed_among,
    with_addresses,
)

SALT = bytes(range(16))
ADA = Address("email", "ada@example.com")
PHONE = Address("phone", "442079460000")


def listed(*wanted: Address) -> str:
    return with_addresses("", wanted, salt=SALT)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "ada@example.com"),
        ("email", "Ada@Example.COM"),
        ("email", " ada@example.com "),
        ("phone", "+44 20 7946 0000"),
        ("phone", "0044 (20) 7946-0000"),
        ("phone", "44.20.7946.0000"),
    ],
)
def test_an_address_is_recognised_however_it_is_written(field: str, text: str) -> None:
    found = suppressed_among({field: (text,)}, read_suppressed(listed(ADA, PHONE)))

    assert found == (text.strip(),)


@pytest.mark.parametrize(
    ("field", "text"),
    [("email", "bob@example.com"), ("phone", "+44 20 7946 0001"), ("email", "442079460000")],
)
def test_nobody_else_is_taken_for_one_of_them(field: str, text: str) -> None:
    assert suppressed_among({field: (text,)}, read_suppressed(listed(ADA, PHONE))) == ()


def test_a_text_that_recognises_nobody_is_no_address() -> None:
    assert addresses({"email": ("n/a",), "phone": ("12", "unknown"), "name": "Ada"}) == {}


def test_several_addresses_in_one_cell_are_several() -> None:
    found = addresses({"phone": "+44 20 7946 0000; 604 555 0101"})

    assert [address.text for address in found] == ["442079460000", "6045550101"]


def test_the_list_holds_no_address() -> None:
    text = listed(ADA, PHONE)

    assert not re.search(r"ada|example|7946", text.lower().replace(SALT.hex(), ""))


def test_two_books_have_nothing_in_common() -> None:
    other = with_addresses("", [ADA], salt=bytes(16))

    assert not set(listed(ADA).split("\n")[6:-1]) & set(other.split("\n")[6:-1])


def test_to_add_somebody_again_changes_nothing() -> None:
    once = listed(ADA)

    assert with_addresses(once, [ADA], salt=bytes(16)) == once


def test_later_addresses_come_behind_and_take_the_same_key() -> None:
    once = listed(ADA)
    twice = with_addresses(once, [ADA, PHONE], salt=bytes(16))

    assert twice.startswith(once)
    assert twice.count("\n") == once.count("\n") + 1
    assert read_suppressed(twice).holds(ADA)
    assert read_suppressed(twice).holds(PHONE)


def test_the_lists_of_two_branches_are_one_when_their_lines_are_put_together() -> None:
    mine, theirs = listed(ADA), with_addresses("", [PHONE], salt=bytes(16))
    merged = read_suppressed(mine + theirs)

    assert merged.problems == ()
    assert merged.holds(ADA)
    assert merged.holds(PHONE)


def test_line_ends_of_an_editor_do_not_matter() -> None:
    found = read_suppressed(listed(ADA).replace("\n", "\r\n"))

    assert found.problems == ()
    assert found.holds(ADA)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f"{listed(ADA)}<<<<<<< ours\n", 8, "neither a key nor a hash"),
        (listed(ADA).replace("key ", "kye "), 6, "neither a key nor a hash"),
        ("key pbkdf2-sha256 99999999 " + "0" * 32, 1, "neither a key nor a hash"),
        ("0" * 32, 1, "key is missing"),
    ],
)
def test_a_damaged_list_is_told_with_its_line(text: str, line: int, says: str) -> None:
    found = read_suppressed(text).problems

    assert found[0].where.line == line
    assert any(says in each.message for each in found)


def test_an_empty_list_costs_nothing() -> None:
    start = time.perf_counter()
    found = [NOBODY.holds(Address("email", f"{number}@b.example")) for number in range(10_000)]

    assert not any(found)
    assert time.perf_counter() - start < 0.5


def test_an_import_of_thousands_of_rows_takes_seconds() -> None:
    known = read_suppressed(listed(ADA))
    start = time.process_time()
    found = [known.holds(Address("email", f"{number}@b.example")) for number in range(780)]

    assert not any(found)
    # A tenth of 3,900 rows with two addresses each.
    assert time.process_time() - start < 0.6


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_can_be_read_as_a_list(text: str) -> None:
    found = read_suppressed(text)

    assert found.problems or not found.hashes

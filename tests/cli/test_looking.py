"""`list`, `show`, `history`, `values`: what they print of a small book, whole."""

from __future__ import annotations

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
- id: ada-lovelace
  name: Ada Lovelace
  status: Engage
  company: Analytical Engines
  email: [ada@example.com, countess@example.org]
  phone: +44 20 7946 0101
  tags: [vip, cold]
  source: Referral
  created: 2026-10-01
- id: ada-byron
  name: Ada Byron
  status: New
  phone: 604-555-0102
  created: 2026-11-22
- id: bela-bartok
  name: Béla Bartók
  status: Future
  email: bela@example.com
  source: referral
  created: 2026-11-20
- id: grace-hopper
  name: Grace Hopper
  status: Inactive
  do_not_contact: yes
"""
JOURNAL = (
    '{"id": "1m0000000000000a", "op": "aaaaaa", "at": "2026-11-01T10:00:00+00:00", '
    '"kind": "touched", "contact": "ada-lovelace", "on": "2026-11-01", "by": "marta", '
    '"via": "call", "outcome": "reached", "note": "wants a bigger engine"}\n'
    '{"id": "1m0000000000000b", "op": "bbbbbb", "at": "2026-11-03T10:00:00+00:00", '
    '"kind": "status", "contact": "ada-lovelace", "on": "2026-11-02", "by": "marta", '
    '"changes": {"status": ["New", "Engage"]}}\n'
)


@pytest.fixture(autouse=True)
def _book(new_book: NewBook) -> None:
    new_book(CONTACTS, JOURNAL)


def test_everybody_is_listed_by_id(run: Run) -> None:
    assert run("list") == Outcome(
        0,
        """\
id            name          status    company             phone             email                 last touch  due         do_not_contact
------------  ------------  --------  ------------------  ----------------  --------------------  ----------  ----------  --------------
ada-byron     Ada Byron     New                           604-555-0102                                        2026-11-22
ada-lovelace  Ada Lovelace  Engage    Analytical Engines  +44 20 7946 0101  ada@example.com (+1)  2026-11-01  2026-11-08
bela-bartok   Béla Bartók   Future                                          bela@example.com                  2026-12-20
grace-hopper  Grace Hopper  Inactive                                                                                      yes
""",  # noqa: E501  # the table as it is
    )


def test_a_query_a_sort_and_columns_narrow_the_list(run: Run) -> None:
    assert run("list", "has:created", "--sort", "-created", "--columns", "id,created") == Outcome(
        0,
        """\
id            created
------------  ----------
ada-byron     2026-11-22
bela-bartok   2026-11-20
ada-lovelace  2026-10-01
""",
    )


def test_those_without_the_value_come_last_either_way(run: Run) -> None:
    up = run("list", "--sort", "created", "-f", "ids")
    down = run("list", "--sort", "-created", "-f", "ids")

    assert up.out.split()[-1] == down.out.split()[-1] == "grace-hopper"
    assert up.out.split()[:3] == down.out.split()[2::-1]


def test_nobody_to_list_prints_nothing(run: Run) -> None:
    assert run("list", "zoroaster") == Outcome(0, "")
    assert run("list", "zoroaster", "--json") == Outcome(0, "[]\n")


def test_a_limit_of_nought_means_all(run: Run) -> None:
    assert run("list", "--limit", "2", "-f", "ids").out == "ada-byron\nada-lovelace\n"
    assert len(run("list", "--limit", "0", "-f", "ids").out.split()) == 4


def test_the_header_can_be_left_out(run: Run) -> None:
    assert run("list", "status:New", "--no-header", "--columns", "id,name") == Outcome(
        0, "ada-byron  Ada Byron\n"
    )
    assert run("list", "status:New", "--no-header", "--columns", "id", "-f", "csv") == Outcome(
        0, "ada-byron\n"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--columns", "nam"), 'no field named "nam"\nhint: did you mean "name"?\n'),
        (("--sort", "nam"), 'no field named "nam"\nhint: did you mean "name"?\n'),
        (("status:Atcive",), 'no status named "Atcive"\nhint: did you mean "Active"?\n'),
        (("is:dui",), None),
        (("value:",), None),
        (("--limit", "-1"), None),
        (("--limit", "many"), None),
        (("--as-of", "someday"), None),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(
    run: Run, words: tuple[str, ...], complaint: str | None
) -> None:
    done = run("list", *words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("leadctl: error: ")
    assert complaint is None or done.err == f"leadctl: error: {complaint}"


def test_a_card_shows_fields_standing_and_history(run: Run) -> None:
    assert run("show", "ada-lovelace") == Outcome(
        0,
        """\
Ada Lovelace (ada-lovelace)
  status     Engage (Warm), since 2026-11-02
  company    Analytical Engines
  email      ada@example.com, countess@example.org
  phone      +44 20 7946 0101
  source     Referral
  tags       vip, cold
  created    2026-10-01
  touched    2026-11-01 (21 days ago), last reached 2026-11-01
  due        2026-11-08 (every 7 days)
  why today  14 days overdue

history
when        what           note                   by     op
----------  -------------  ---------------------  -----  ------
2026-11-02  New → Engage                          marta  bbbbbb
2026-11-01  call, reached  wants a bigger engine  marta  aaaaaa
""",
    )


def test_a_card_says_why_somebody_is_left_in_peace(run: Run) -> None:
    assert run("show", "grace-hopper") == Outcome(
        0,
        """\
Grace Hopper (grace-hopper)
  status          Inactive (Lost)
  do_not_contact  yes
  touched         never
  due             no touch is due
  not today       marked do-not-contact, which is stronger than every reason
""",
    )


def test_a_card_of_nobody_is_the_answer_no(run: Run) -> None:
    assert run("show", "zoroaster") == Outcome(
        1,
        "",
        'leadctl: error: no contact "zoroaster"\n'
        "hint: `leadctl list WORD` searches names, companies and e-mails\n",
    )


def test_history_tells_what_happened_in_the_order_of_writing(run: Run) -> None:
    assert run("history") == Outcome(
        0,
        """\
when        contact       what           note                   by     op
----------  ------------  -------------  ---------------------  -----  ------
2026-11-01  ada-lovelace  call, reached  wants a bigger engine  marta  aaaaaa
2026-11-02  ada-lovelace  New → Engage                          marta  bbbbbb
""",
    )


@pytest.mark.parametrize(
    ("words", "ops"),
    [
        (("ada-lovelace",), "aaaaaa bbbbbb"),
        (("ada-byron",), ""),
        (("--since", "2026-11-02"), "bbbbbb"),
        (("--since", "3 weeks ago"), "aaaaaa bbbbbb"),
        (("--op", "aaaaaa"), "aaaaaa"),
        (("--op", "zzzzzz"), ""),
        (("--limit", "1"), "bbbbbb"),
    ],
)
def test_history_can_be_narrowed(run: Run, words: tuple[str, ...], ops: str) -> None:
    lines = run("history", *words, "--no-header").out.splitlines()

    assert " ".join(line.split()[-1] for line in lines) == ops


def test_history_of_a_day_nobody_understands_is_refused(run: Run) -> None:
    done = run("history", "--since", "someday")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('leadctl: error: --since: "someday" is no day')


def test_values_are_counted_whatever_their_case(run: Run) -> None:
    assert run("values", "source") == Outcome(
        0,
        """\
source    contacts
--------  --------
Referral         2
""",
    )


def test_values_of_a_list_are_counted_one_by_one(run: Run) -> None:
    assert run("values", "tag", "-f", "csv") == Outcome(0, "value,contacts\ncold,1\nvip,1\n")
    assert run("values", "tags", "status:New", "-f", "csv") == Outcome(0, "value,contacts\n")


def test_values_of_no_field_are_refused(run: Run) -> None:
    assert run("values", "sorce") == Outcome(
        2, "", 'leadctl: error: no field named "sorce"\nhint: did you mean "source"?\n'
    )


def test_colour_comes_when_asked_for(run: Run) -> None:
    assert "\x1b[" not in run("list").out
    assert "\x1b[31mNew\x1b[0m" in run("list", "--color", "always").out
    assert "\x1b[" not in run("list", "--color", "always", "-f", "csv").out

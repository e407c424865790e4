"""The grammar: what is a term, a value, a quote; and how shell words differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.query.terms import Term, Value, read_argument, read_terms


def word(text: str) -> Term:
    return Term("word", (Value(text),))


def field(name: str, operator: str, *texts: str) -> Term:
    return Term("field", tuple(Value(text) for text in texts), field=name, operator=operator)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("ada", word("ada")),
        ('"ada lovelace"', word("ada lovelace")),
        ("'or'", word("or")),
        ("or", word("or")),
        ('"OR"', word("OR")),
        ('"12:30"', word("12:30")),
        ('"-5"', word("-5")),
        ('"@home"', word("@home")),
        ("ada@example.com", word("ada@example.com")),
        ("O'Brien", word("O'Brien")),
        ("what!", word("what!")),
        ("status:New", field("status", ":", "New")),
        ('status:"Past Clients"', field("status", ":", "Past Clients")),
        ("status:'Past Clients',New", field("status", ":", "Past Clients", "New")),
        ('company:"Acme, Inc"', field("company", ":", "Acme, Inc")),
        ("company:O'Brien", field("company", ":", "O'Brien")),
        ('"lead source":Web', field("lead source", ":", "Web")),
        ('"is":due', field("is", ":", "due")),
        ("value:>5", field("value", ">", "5")),
        ("value:>=5", field("value", ">=", "5")),
        ("value<=5", field("value", "<=", "5")),
        ("value:<5", field("value", "<", "5")),
        ("status!=New", field("status", "!=", "New")),
        ("name=Ada", field("name", "=", "Ada")),
        ("note:a:b", field("note", ":", "a:b")),
        ("name~^(ann|bob),", field("name", "~", "^(ann|bob),")),
        ("is:due", Term("is", (Value("due"),))),
        ("has:email,phone", Term("has", (Value("email"), Value("phone")))),
        ("NO:email", Term("no", (Value("email"),))),
        ("@hot", Term("view", (Value("hot"),))),
        ("-@hot", Term("view", (Value("hot"),), is_negated=True)),
        ("-ada", Term("word", (Value("ada"),), is_negated=True)),
        ("not:is:due", Term("is", (Value("due"),), is_negated=True)),
        ("-'ada l'", Term("word", (Value("ada l"),), is_negated=True)),
    ],
)
def test_a_term_is_read(text: str, term: Term) -> None:
    assert read_terms(text) == (term,)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("due:mon..fri", ("mon", "fri")),
        ("due:..-60d", ("", "-60d")),
        ("due:today..", ("today", "")),
        ("due:'last mon'..'next fri'", ("last mon", "next fri")),
        ("due:'a..b'", None),
        ("value:..", ("", "")),
    ],
)
def test_two_dots_outside_quotes_make_a_range(text: str, ends: tuple[str, str] | None) -> None:
    (term,) = read_terms(text)

    assert term.values[0].ends == ends


def test_blanks_of_any_kind_separate_terms() -> None:
    assert read_terms(" ada\tbob\n\u00a0cyd ") == (word("ada"), word("bob"), word("cyd"))
    assert read_terms(" \n") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name:"ada', "quote without an end"),
        ("'ada", "quote without an end"),
        ('"ada"lovelace', "quote without an end"),
        ('name:""', "nothing between the quotes"),
        ('" "', "nothing between the quotes"),
        ("value:", 'a value is missing in "value:"'),
        ("tag:a,,b", "a value is missing"),
        ("tag:a,", "a value is missing"),
        ("name~", "a value is missing"),
        ("is:", "a value is missing"),
        ("@", "a value is missing"),
        ("-", "nothing to negate"),
        ("--limit", "nothing to negate"),
        ("not:", "nothing to negate"),
        ("not:-x", "nothing to negate"),
        ("=5", "no field before ="),
        ("status==New", "two operators"),
        ("note::)", "parentheses are reserved"),
        ("a OR b", "OR is reserved"),
        ("a AND b", "AND is reserved"),
        ("NOT a", "NOT is reserved"),
        ("(tag:a", "parentheses are reserved"),
        ("tag:a)", "parentheses are reserved"),
    ],
)
def test_a_malformed_text_is_refused_with_a_hint(text: str, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        read_terms(text)

    assert message in caught.value.message
    assert caught.value.hint


def test_an_empty_value_is_explained_by_the_redirection_of_shells() -> None:
    with pytest.raises(RequestError) as caught:
        read_terms("value:")

    assert "the shell keeps > and <" in caught.value.hint


@pytest.mark.parametrize(
    ("argument", "terms"),
    [
        ("status:Past Clients", (field("status", ":", "Past Clients"),)),
        ("status:Past Clients,New", (field("status", ":", "Past Clients", "New"),)),
        ("note:sold, paid and gone", (field("note", ":", "sold, paid and gone"),)),
        ("phone:(604) 555 1234", (field("phone", ":", "(604) 555 1234"),)),
        ("name~^ada l", (field("name", "~", "^ada l"),)),
        ("name:Rock 'n' Roll", (field("name", ":", "Rock 'n' Roll"),)),
        ("lead:a b", (field("lead", ":", "a b"),)),
        ("ada lovelace", (word("ada"), word("lovelace"))),
        ("is:due ada", (Term("is", (Value("due"),)), word("ada"))),
        ("tag:a touched:b", (field("tag", ":", "a"), field("touched", ":", "b"))),
        ('status:"Past Clients" ada', (field("status", ":", "Past Clients"), word("ada"))),
        ("tag:a @hot", (field("tag", ":", "a"), Term("view", (Value("hot"),)))),
        ("tag:a -b", (field("tag", ":", "a"), Term("word", (Value("b"),), is_negated=True))),
        ("", ()),
    ],
)
def test_a_shell_word_with_one_field_and_blanks_is_one_value(
    argument: str, terms: tuple[Term, ...]
) -> None:
    assert read_argument(argument) == terms


def test_a_negated_shell_word_is_one_value_too() -> None:
    (term,) = read_argument("-status:Past Clients")

    assert term.is_negated
    assert term.values == (Value("Past Clients"),)


def test_a_range_of_a_shell_word_may_hold_blanks() -> None:
    (term,) = read_argument("due:last mon..next fri")

    assert term.values[0].ends == ("last mon", "next fri")


@given(st.text(alphabet=st.characters(exclude_characters="\"'\0", exclude_categories=["Cs"])))
def test_what_is_quoted_stays_one_word_as_it_is(text: str) -> None:
    try:
        terms = read_terms(f'"{text}"')
    except RequestError:
        return

    assert terms == (Term("word", terms[0].values),)
    assert terms[0].values[0].text == text
    assert terms[0].values[0].ends is None

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.sanitise import safe, safe_lines

ODD = st.sampled_from(
    "\n\r\t\x1b\x7f\x9b\xad\u200b\u200c\u200d\u202e\u2028\ufe0f\ufeff\U000e0041\ud800é漢❤🔥1\u20e3"
)
TEXTS = st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=())), max_size=30)
JOINERS = "\u200c\u200d"


def test_plain_texts_are_shown_as_they_are() -> None:
    for text in ("", "Ada", "Zoë Ångström", "山田　太郎", "a\u00a0b", "C:\\new", "Привет", "שלום"):
        assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;x\x07", "\\x1b]52;c;x\\x07"),
        ("a\tb", "a\\tb"),
        ("a\x7f\x9bb", "a\\x7f\\x9bb"),
        ("ann\u202egpj.exe", "ann\\u202egpj.exe"),
        ("a\u2066b\u200bc\xadd", "a\\u2066b\\u200bc\\xadd"),
        ("a\u2028b\x85c", "a\\u2028b\\x85c"),
        ("\ufeffid", "\\ufeffid"),
        ("a\U000e0041b", "a\\U000e0041b"),
        ("a\ud800b", "a\\ud800b"),
        ("a\u3164b", "a\\u3164b"),
    ],
)
def test_what_steers_or_hides_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_line_breaks_become_a_mark_and_those_at_the_ends_are_dropped() -> None:
    assert safe("one\ntwo\r\nthree\rfour\n") == "one ↵ two ↵ three ↵ four"


def test_lines_stay_lines_where_they_may() -> None:
    assert safe_lines("one\r\ntwo\x1b\n\rthree\n") == "one\ntwo\\x1b\n\\x0dthree\n"


@pytest.mark.parametrize(
    "text",
    [
        "\u2764\ufe0f\u200d\U0001f525",  # heart on fire
        "1\ufe0f\u20e3",  # keycap
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",  # woman with a skin tone at a computer
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "ന\u0d4d\u200d",  # at the end of a word, after a virama
        "葛\U000e0100",
    ],
)
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ad\u200da", "ad\\u200da"),
        ("\u200cмир", "\\u200cмир"),
        ("мир\u200d", "мир\\u200d"),
        ("a\ufe0f", "a\\ufe0f"),
        ("\ufe0f\u20e3", "\\ufe0f\u20e3"),
        ("\u2764\ufe0f\ufe01\ufe02", "\u2764\ufe0f\\ufe01\\ufe02"),
    ],
)
def test_joiners_that_join_nothing_are_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_no_control_format_or_surrogate_character_of_this_python_is_shown_raw() -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}

    raw = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in hidden and chr(code) in safe(f"a{chr(code)}b")
    ]

    assert raw == []


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_what_is_shown_holds_nothing_hidden_and_stays_when_shown_again(text: str) -> None:
    shown = safe(text)

    found = {unicodedata.category(char) for char in shown if char not in JOINERS}
    assert not found & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe(shown) == shown


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_of_all_control_characters_only_the_line_feed_is_kept_in_lines(text: str) -> None:
    shown = safe_lines(text)

    controls = {char for char in shown if unicodedata.category(char) == "Cc"}
    assert controls <= {"\n"}
    assert shown.count("\n") == text.count("\n")
    assert safe_lines(shown) == shown

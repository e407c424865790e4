from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.formulas import guard, unguard

TEXTS = st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n\0a1"), st.characters()))


def test_what_a_spreadsheet_would_run_gets_one_apostrophe() -> None:
    assert guard('=HYPERLINK("http://x")') == '\'=HYPERLINK("http://x")'
    assert guard("+44 20 7946") == "'+44 20 7946"
    assert guard("@SUM(A1)") == "'@SUM(A1)"
    assert guard("-1+1") == "'-1+1"
    assert guard("\t=1") == "'\t=1"
    assert guard("'=1") == "''=1"


def test_other_texts_stay_as_they_are() -> None:
    for text in ("", "Ada", "'tis", "x=1", "12", " =1", "'"):
        assert guard(text) == text
        assert unguard(text) == text


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_every_text_comes_back_from_its_guard(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_no_guarded_text_begins_with_a_dangerous_character(text: str) -> None:
    assert guard(text)[:1] not in set("=+-@\t\r\n\0")

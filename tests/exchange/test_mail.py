from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.exchange.mail import as_bytes, message
from leadctl.sanitise import one_line

HEADERS = {"content-type", "mime-version", "content-transfer-encoding", "to", "subject"}


def written(
    subject: str = "Hello", *, name: str = "", text: str = "hi", html: str = ""
) -> EmailMessage:
    content = as_bytes(message("ada@example.com", subject, text=text, html=html, name=name))
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(parsed: EmailMessage, kind: str = "plain") -> str:
    part = parsed.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "Lovelace, Ada",
        "Jörg Müller",
        "Müller, Jörg (Vertrieb) <x@example.org>",
        "李小龍",
        'Ada "the first" Lovelace',
        "=?utf-8?q?Ada=0ABcc=3A_eve@example.org?=",
    ],
)
def test_a_name_arrives_as_it_is_and_adds_no_second_recipient(name: str) -> None:
    (to,) = written(name=name)["To"].addresses

    assert (to.display_name, to.addr_spec) == (name, "ada@example.com")


@pytest.mark.parametrize(
    "hostile",
    [
        "Hello\r\nBcc: eve@example.org",
        "Hello\nBcc: eve@example.org",
        "Hello\rBcc: eve@example.org",
        "Hello\n\nBcc: eve@example.org",
        "Hello\x85Bcc: eve@example.org",
        "Hello\u2028Bcc: eve@example.org",
        "=?utf-8?q?Hello=0ABcc=3A_eve@example.org?=",
    ],
)
def test_neither_name_nor_subject_can_add_a_header(hostile: str) -> None:
    parsed = written(hostile, name=hostile)

    assert {key.lower() for key in parsed} == HEADERS


@given(subject=st.text(), name=st.text(max_size=80), text=st.text())
def test_whatever_the_texts_are_the_message_says_them(subject: str, name: str, text: str) -> None:
    made = message("ada@example.com", subject, text=text, name=name)
    parsed = email.message_from_bytes(as_bytes(made), policy=email.policy.compat32)

    assert {key.lower() for key in parsed} == HEADERS
    assert decoded(parsed["Subject"]) == " ".join(one_line(subject).split())


def decoded(header: str) -> str:
    from email.header import decode_header, make_header

    return " ".join(str(make_header(decode_header(header))).split())


@given(st.text())
def test_no_line_is_longer_than_mail_allows(text: str) -> None:
    content = as_bytes(message("ada@example.com", text * 50, text=text * 50, name=text * 20))

    assert max(len(line) for line in content.split(b"\r\n")) <= 78


def test_the_text_arrives_as_it_is() -> None:
    text = "Grüße,\n\n.\nFrom here on, line ends and blanks stay. \n" + "x" * 2000 + "\n"

    assert body(written(text=text)) == text


def test_a_message_with_html_says_it_in_two_forms() -> None:
    parsed = written(text="Grüße\n", html="<p>Grüße</p>\n")

    assert parsed.get_content_type() == "multipart/alternative"
    assert (body(parsed), body(parsed, "html")) == ("Grüße\n", "<p>Grüße</p>\n")


def test_every_line_ends_with_cr_lf() -> None:
    content = as_bytes(message("ada@example.com", "Hi", text="a\nb\n", html="<p>\n"))

    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_domain_in_another_script_is_written_in_its_ascii_form() -> None:
    assert message("jo@müller.example", "Hi", text="")["To"] == "jo@xn--mller-kva.example"


def test_without_an_address_there_is_no_recipient() -> None:
    assert message("", "Hi", text="")["To"] is None


@pytest.mark.parametrize(
    "address",
    ["ada", "a@b, c@d", "ada@", "@b", "a b@c", "a@b\nBcc: c@d", "a@b>", "jö@b.example"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        message(address, "Hi", text="")

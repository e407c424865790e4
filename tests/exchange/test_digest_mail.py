"""The mail of a digest, as other programs read it back."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.exchange.digest_mail import Mailbox, digest_mail, mailbox

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
ZOE = Mailbox("zoe@example.com", "Zoë Ünal")
JO = Mailbox("jo@example.org", "Lind, Jo")


def read_back(*to: Mailbox, subject: str = "x", text: str = "x\n") -> EmailMessage:
    content = digest_mail(to, ZOE, subject=subject, text=text, html="<p>Grüße</p>\n", at=AT)
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert [part.defects for part in found.walk()] == [[] for _ in found.walk()]
    return found


def test_the_head_says_from_to_subject_date_and_id() -> None:
    mail = read_back(ZOE, JO, subject="12 – Grüße")

    assert mail["From"] == "Zoë Ünal <zoe@example.com>"
    assert [str(each) for each in mail["To"].addresses] == [
        str(mail["From"]),
        '"Lind, Jo" <jo@example.org>',
    ]
    assert mail["Subject"] == "12 – Grüße"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Auto-Submitted"] == "auto-generated"


def test_text_and_html_are_alternatives_and_the_better_one_comes_last() -> None:
    mail = read_back(ZOE, text="Grüße\n")

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=9))
def test_whatever_they_are_called_it_goes_to_all_of_them_and_to_nobody_else(
    names: list[str],
) -> None:
    people = [
        mailbox(f'"{name}" <p{number}@example.com>', name="--to")
        for number, name in enumerate(names)
        if name.isprintable() and '"' not in name and "\\" not in name
    ]
    mail = read_back(ZOE, *people)

    assert [each.addr_spec for each in mail["To"].addresses] == [
        "zoe@example.com",
        *(each.address for each in people),
    ]
    assert mail["Bcc"] is mail["Cc"] is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("marta@example.com", "marta@example.com"),
        ('"Lind, Marta" <marta@example.com>', "Lind, Marta <marta@example.com>"),
        ("Marta <marta@bücher.example>", "Marta <marta@xn--bcher-kva.example>"),
    ],
)
def test_an_address_may_have_a_name(text: str, shown: str) -> None:
    assert str(mailbox(text, name="--to")) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("", "marta", "@example.com", "marta@", "a b@example.com", "a@b@example.com"),
        *("a@example.com, b@example.com", "a@example.com\nBcc: b@example.com", "a@.example"),
    ],
)
def test_what_is_no_single_address_is_refused(text: str) -> None:
    with pytest.raises(RequestError, match=r"--to: (?s:.*) is no e-mail address"):
        mailbox(text, name="--to")

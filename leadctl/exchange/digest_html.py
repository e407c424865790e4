"""A digest as the HTML of a mail: one column, readable on a phone, in light and in dark.

Every style stands in its element, as many programs for mail read no others; those at the top
only turn the colours round in the dark. Whatever comes out of the book is escaped.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from leadctl.messages.digest_texts import LOG_IT, left_out, mark, remarks, values
from leadctl.messages.digests import Digest, Section
from leadctl.prospecting.prospects import Prospect
from leadctl.sanitise import safe

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_BODY = (
    f"margin:0;padding:16px;background:#ffffff;color:#1d1d1f;{_FONT};font-size:16px;"
    "overflow-wrap:anywhere"
)
_COLUMN = "max-width:640px;margin:0 auto"
_TITLE = "font-size:20px;line-height:1.3;margin:0 0 4px"
_HEADING = (
    "font-size:15px;line-height:1.3;margin:24px 0 4px;padding-bottom:4px;"
    "border-bottom:2px solid #c9ced6"
)
_PERSON = "padding:10px 0;border-bottom:1px solid #e3e6ea;line-height:1.45"
_NAME = "font-weight:600;font-size:16px"
_QUIET = "color:#5a6472;font-size:14px"
_MARK = (
    "display:inline-block;background:#dbeafe;color:#123c7c;font-size:12px;line-height:18px;"
    "padding:0 7px;border-radius:9px"
)
_BREAK = "<br>\n"
_LINK = "color:#0b57c2"
#: Readers that show mail in the dark take these over what stands in the elements.
_DARK = """\
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #16181b !important; color: #eceef1 !important; }
  .line { border-color: #3a4048 !important; }
  .quiet { color: #a7b0bc !important; }
  .mark { background: #1e3a66 !important; color: #d6e6ff !important; }
  .link { color: #8ab8ff !important; }
}
"""


def digest_html(digest: Digest, *, most: int = 0, more: str = "leadctl prospects") -> str:
    """*digest* as a page, at most *most* contacts in each section.

    *more* is the command that shows those who are left out.
    """
    parts = [f'<h1 style="{_TITLE}">{_shown(digest.title)}</h1>']
    parts += [_paragraph(each) for each in remarks(digest)]
    parts += [_section(each, digest, most, more) for each in digest.sections]
    parts.append(_paragraph(f"When it is done: {LOG_IT}"))
    inside = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{_shown(digest.title)}</title>\n<style>\n{_DARK}</style>\n</head>\n"
        f'<body class="page" style="{_BODY}">\n<div style="{_COLUMN}">\n{inside}\n</div>\n'
        "</body>\n</html>\n"
    )


def _section(section: Section, digest: Digest, most: int, more: str) -> str:
    parts = [f'<h2 class="line" style="{_HEADING}">{_shown(section.heading)}</h2>']
    parts += [_person(each, mark(each, digest)) for each in section.shown(most)]
    if rest := left_out(section, most):
        parts.append(_paragraph(f"… {rest} more: {more}"))
    return "\n".join(parts)


def _person(prospect: Prospect, is_new: str) -> str:
    contact = prospect.entry.contact
    head = f'<span style="{_NAME}">{_shown(contact.name)}</span>'
    if is_new:
        head += f' <span class="mark" style="{_MARK}">{_shown(is_new)}</span>'
    place = _quiet(f"{prospect.entry.standing.status} · {contact.id}")
    why = "; ".join(_shown(reason.text) for reason in prospect.reasons)
    lines = [head, place, why, *_next_step(prospect)]
    return f'<div class="line" style="{_PERSON}">{_BREAK.join(lines)}</div>'


def _next_step(prospect: Prospect) -> list[str]:
    """The suggestion, and the ways to reach somebody, which tell "call 604-555-0102" as well."""
    known = (*values(prospect, "phone"), *values(prospect, "email"))
    is_told = any(prospect.suggestion.endswith(f" {way}") for way in known)
    ways = " · ".join([*_phones(prospect), *_mails(prospect)])
    return [*([] if is_told else [_shown(prospect.suggestion)]), *([ways] if ways else [])]


def _phones(prospect: Prospect) -> list[str]:
    return [
        _link(f"tel:{quote(_dialled(phone), safe='+')}", phone)
        for phone in values(prospect, "phone")[:2]
    ]


def _mails(prospect: Prospect) -> list[str]:
    return [
        _link(f"mailto:{quote(mail, safe='@+')}", mail) for mail in values(prospect, "email")[:1]
    ]


def _dialled(phone: str) -> str:
    """The digits of *phone*, as a telephone takes them."""
    return "".join(each for each in phone if each in "+0123456789")


def _link(target: str, text: str) -> str:
    return f'<a class="link" style="{_LINK}" href="{escape(target)}">{_shown(text)}</a>'


def _quiet(text: str) -> str:
    return f'<span class="quiet" style="{_QUIET}">{_shown(text)}</span>'


def _paragraph(text: str) -> str:
    return f'<p class="quiet" style="{_QUIET};margin:8px 0 0">{_shown(text)}</p>'


def _shown(text: str) -> str:
    """*text* as it may stand anywhere in a page."""
    return escape(safe(text))

"""Attacks by what stands in a book, in files that come in, and on the command line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.corpus.case import Case

#: Doubles its time with each letter.
_CARELESS = "(a+)+$"
_LONG = "a" * 60 + "b"
_ONE = '- {{id: zoe, name: "{}", status: New}}\n'
_EXFILTRATE = "\\e]52;c;eA==\\a"
_WRITES = ("set", "ada", "company=X")
_WRITTEN = frozenset({"contacts.yaml", "journal.jsonl"})


def _named(name: str) -> dict[str, str]:
    return {"contacts.yaml": _ONE.format(name)}


def _with_id(text: str) -> dict[str, str]:
    return {"contacts.yaml": f'- {{id: "{text}", name: Zoe, status: New}}\n'}


def _in_place_of(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def prepare(root: Path) -> None:
        path = root / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        make(path)

    return prepare


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def _bad_id(row: str, text: str, shown: str = "") -> Case:
    return Case(
        row, f"id {text[:12] or 'empty'}", 1, _with_id(text),
        where="contacts.yaml:1:8" if text else "contacts.yaml:1:4",
        says=(f'"{shown or text}" cannot be an id' if text else "this contact has no id",),
    )  # fmt: skip


_SHOWN = ("list", "-f", "csv")
CASES: tuple[Case, ...] = (
    Case("X1a", "a formula in a name, as csv", 0, _named("=HYPERLINK(1)"), _SHOWN,
         says=("'=HYPERLINK(1)",)),
    Case("X1b", "a formula behind a tab, as csv", 0, _named("\\t=1+1"), _SHOWN, says=("'\t=1+1",)),
    Case("X1c", "a formula behind an apostrophe, as tsv", 0, _named("'=1+1"), ("list", "-f", "tsv"),
         says=("''=1+1",)),
    Case("X1d", "a formula for a program that is no spreadsheet", 0, _named("=1+1"),
         (*_SHOWN, "--raw"), says=("=1+1",), says_not=("'=1+1",)),
    Case("X2a", "a clipboard sequence in a name", 0, _named(_EXFILTRATE), ("list",),
         says=("\\x1b]52;c;eA==\\x07",), says_not=("\x1b", "\x07")),
    Case("X2b", "text turned around in a name", 0, _named("\\u202egpj.exe"), ("list",),
         says=("\\u202egpj.exe",), says_not=("\u202e",)),
    Case("X2c", "a clipboard sequence in an excerpt", 1,
         {"contacts.yaml": "- id: zoe\n  \x1b]52: [\n"}, says=("\\x1b]52",), says_not=("\x1b",)),
    Case("X2d", "a clipboard sequence on the command line", 2, {},
         ("show", "\x1b]52;c;eA==\x07"), says=("\\x1b",), says_not=("\x1b", "\x07")),
    Case("X2e", "a line break and a false message on the command line", 1, {},
         ("show", "x\nleadctl: error: y"), says=("x ↵ leadctl: error: y",)),
    Case("X2f", "invisible tags in JSON", 0, _named("a\\U000e0041b"), ("list", "--json"),
         says=("\\udb40\\udc41",), says_not=("\U000e0041",)),
    Case("X3", "markup of a library for terminals in a name", 0, _named("[/red][link=http://x]y"),
         ("list",), says=("[/red][link=http://x]y",)),
    _bad_id("X5a", "../../x"), _bad_id("X5b", "/etc/passwd"), _bad_id("X5c", "a/b"),
    _bad_id("X5d", "."), _bad_id("X5e", ".."), _bad_id("X5f", ""),
    _bad_id("X5g", "a\\0b", "a\\x00b"), _bad_id("X5h", "x" * 256, "x" * 40 + "…"),
    _bad_id("X5i", "CON"), _bad_id("X5j", "nul"), _bad_id("X5k", "nul.yaml"),
    _bad_id("X5l", "a:b"), _bad_id("X5m", "a."), _bad_id("X5n", "-rf"), _bad_id("X5o", ".git"),
    _bad_id("X5p", "a b"), _bad_id("X5q", "*"), _bad_id("X5r", "~root"), _bad_id("X5s", "é"),
    Case("X5t", "a path as the name of a contact", 0, {}, ("add", "../../etc/passwd"), form="dir",
         says=("etc-passwd",), changes=frozenset({"contacts/etc-passwd.yaml", "journal.jsonl"})),
    Case("X5u", "a device as the name of a contact", 0, {}, ("add", "CON"), form="dir",
         says=("con-2",), changes=frozenset({"contacts/con-2.yaml", "journal.jsonl"})),
    Case("X5v", "an id of one's own that is a path", 2, {}, ("add", "Zoe", "--set", "id=../../y")),
    Case("X5w", "a path as an id that is looked for", 1, {}, ("show", "../../x"), form="dir"),
    Case("X5x", "ids that are paths in a table that comes in", 3,
         {"in.csv": "id,name\n../../x,Foo\n/etc/passwd,Bar\n"}, ("import", "in.csv"),
         says=('"../../x" cannot be an id', '"/etc/passwd" cannot be an id')),
    Case("X6a", "a file named with @ instead of a contact", 1, {}, ("touch", "@/etc/passwd"),
         says_not=("root:",)),
    Case("X6b", "a pattern of the shell instead of a contact", 1, {}, ("show", "*")),
    Case("X6c", "a contact with an include", 1,
         {"contacts.yaml": "- !include /etc/passwd\n"}, where="contacts.yaml:1:3",
         says_not=("root:",)),
    Case("X11a", "a pattern that takes for ever", 2, _named(_LONG), ("list", f"name~{_CARELESS}"),
         says=("takes too long",)),
    Case("X11b", "a pattern that takes for ever, and -v", 2, _named(_LONG),
         ("list", "-v", f"name~{_CARELESS}"), says=("takes too long",)),
    Case("X11c", "a pattern that takes for ever, before a write", 2, _named(_LONG),
         ("set", "--where", f"name~{_CARELESS}", "company=X", "-y"), says=("takes too long",)),
    Case("X11d", "a pattern that takes for ever in a saved view", 2,
         {**_named(_LONG), "stages.yaml": "default: New\nstages: {Hot: {statuses: [New]}}\n"
          f"statuses: {{New: {{touch_every: 2 days}}}}\nviews: {{slow: 'name~{_CARELESS}'}}\n"},
         ("list", "@slow"), says=("takes too long",)),
    Case("X11e", "a pattern of a thousand brackets", 2, {},
         ("list", "name~" + "(" * 5000 + ")" * 5000), says=("is no pattern",)),
    Case("X11f", "a pattern that counts too far", 2, {}, ("list", "name~x{99999999999999}")),
    Case("X12a", "Python in a query", 2, {}, ("list", "__import__('os').system('touch ran'):x")),
    Case("X12b", "SQL in a value", 0, {},
         ("list", "-f", "ids", "name:\"x' or 1=1; drop table contact--\""), says_not=("ada",)),
    Case("X12c", "SQL in a field", 2, {}, ("list", "name);drop table contact;--:x")),
    Case("X12d", "SQL in what is sorted by", 2, {}, ("list", "--sort", "name; drop table contact")),
    Case("X12e", "SQL in a column", 2, {}, ("list", "--columns", "name from contact")),
    Case("X13", "a mistake of the user shows no other contact", 2, {}, ("set", "ada", "nofield"),
         says_not=("Bob", "cleo")),
    Case("X15a", "hooks and settings of git in a book", 0,
         {".git/hooks/pre-commit": "#!/bin/sh\ntouch ran\n",
          ".gitattributes": "*.yaml filter=evil\n",
          ".git/config": '[filter "evil"]\n  clean = touch ran\n  smudge = touch ran\n'},
         _WRITES, changes=_WRITTEN),
    Case("X15b", "settings with commands in a book", 0,
         {"config.yaml": "editor: touch ran\nbook: /elsewhere\n",
          ".leadctl/config.yaml": "editor: touch ran\n"}, _WRITES, changes=_WRITTEN),
    Case("X15c", "Python in a book", 0, {"sitecustomize.py": "open('ran', 'w')\n",
         "leadctl/__init__.py": "open('ran', 'w')\n", "yaml.py": "open('ran', 'w')\n"},
         _WRITES, changes=_WRITTEN, is_installed=True),
    Case("X15d", "a YAML tag that calls", 1,
         {"contacts.yaml": "- !!python/object/apply:os.system [touch ran]\n"},
         where="contacts.yaml:1:3"),
    Case("X16a", "an address of the web to import from", 2, {},
         ("import", "http://127.0.0.1:9/x.csv"), says=("there is no file",)),
    Case("X16b", "an address of the web as a book", 2, {},
         ("--book", "http://127.0.0.1:9/", "list"), says=("there is no folder",)),
    Case("X17", "a pipe in place of a contact", 0, {}, form="dir",
         prepare=_in_place_of("contacts/x.yaml", os.mkfifo)),
    Case("X18", "a pipe in place of the contacts", 6, {},
         prepare=_in_place_of("contacts.yaml", os.mkfifo), says=("contacts are gone",)),
    Case("X19", "a pipe in place of the journal", 6, {}, _WRITES,
         prepare=_in_place_of("journal.jsonl", os.mkfifo), says=("pipe or device",)),
    Case("X20", "a pipe in place of stages.yaml", 2, {},
         prepare=_in_place_of("stages.yaml", os.mkfifo)),
    Case("X21", "an endless device in place of a contact", 0, {}, form="dir",
         prepare=_in_place_of("contacts/x.yaml", _link("/dev/zero"))),
    Case("X22", "an endless device in place of the journal", 6, {},
         prepare=_in_place_of("journal.jsonl", _link("/dev/zero")), says=("pipe or device",)),
    Case("X23", "a link to a file of the system in place of a contact", 1, {}, form="dir",
         prepare=_in_place_of("contacts/x.yaml", _link("/etc/passwd")),
         says=("is a link out of the book",)),
    Case("X24", "a link in place of the lock", 6, {}, _WRITES,
         prepare=_in_place_of(".leadctl/lock", _link("../stages.yaml")),
         says=("nothing was changed",)),
    Case("X25", "a folder in place of the lock", 6, {}, _WRITES,
         prepare=_in_place_of(".leadctl/lock", Path.mkdir), says=("nothing was changed",)),
    Case("X26", "a link to itself in place of the contacts", 6, {}, _WRITES,
         prepare=_in_place_of("contacts.yaml", _link("contacts.yaml"))),
    Case("X27", "a link to nowhere in place of the contacts", 6, {}, _WRITES,
         prepare=_in_place_of("contacts.yaml", _link("nowhere.yaml"))),
    Case("X28", "a file name with a line break and a colour", 1,
         {"contacts/a\n\x1b[31mb.yaml": "id: zoe\n\tname: Zoe\n"}, form="dir",
         says=("a ↵ \\x1b[31mb.yaml",), says_not=("\x1b",)),
    Case("X29", "an option in place of a contact", 2, {}, ("show", "-rf"),
         says=("no such option",)),
    Case("X30", "an option behind -- is a name", 1, {}, ("show", "--", "-rf"), says=('"-rf"',)),
    Case("X31", "ids out of a pipe that are options", 1, {}, ("touch", "-"), stdin=b"--help\n"),
    Case("X32", "ids out of a pipe that are no text", 2, {}, ("touch", "-"), stdin=b"\xff\xfe\n",
         says=("not valid UTF-8",)),
    Case("X33", "a day that is a sequence for the terminal", 2, {}, ("list",),
         environment={"LEADCTL_TODAY": "\x1b[31m"}, says=("LEADCTL_TODAY",), says_not=("\x1b",)),
    Case("X34", "a book that is a sequence for the terminal", 2, {}, ("list",),
         environment={"LEADCTL_BOOK": "\x1b[31m"}, says_not=("\x1b",)),
    Case("X35", "a folder name with a command, in what to type next", 2, {},
         ("--book", "x; touch ran", "list"), says=("leadctl init 'x; touch ran'",)),
    Case("X36", "the first day that there is", 0, {}, ("prospects",),
         environment={"LEADCTL_TODAY": "1900-01-01"}),
    Case("X37", "the last day that there is", 0, {}, ("prospects",),
         environment={"LEADCTL_TODAY": "9998-12-31"}),
    Case("X38", "a snooze beyond the last day", 2, {}, ("snooze", "ada", "+9w"),
         environment={"LEADCTL_TODAY": "9998-12-31"}),
    Case("X44", "a day before all days", 2, {}, ("prospects",),
         environment={"LEADCTL_TODAY": "0001-01-01"}, says=("LEADCTL_TODAY",)),
    Case("X45", "a day after all days", 2, {}, ("prospects",),
         environment={"LEADCTL_TODAY": "9999-12-31"}, says=("LEADCTL_TODAY",)),
    Case("X39", "a control character as a value", 2, {}, ("set", "ada", "note=\x1b[31m"),
         says=("control character",), says_not=("\x1b",)),
    Case("X40", "markup in Markdown", 0, _named("<script>[x](javascript:1)|`"), ("list", "-f", "md"),
         says=("&lt;script&gt;\\[x\\](javascript:1)\\|\\`",)),
    Case("X41", "a candidate of completion with a command", 0, _with_id("a$(touch ran)"),
         ("__complete", "bash", "touch", ""), says_not=("$",)),
    Case("X42", "completion of a line with a command", 0, {},
         ("__complete", "bash", "touch", "$(touch ran)"), says_not=("ada",)),
    Case("X43", "completion in a book that cannot be used", 0, {"stages.yaml": "{"},
         ("__complete", "zsh", "touch", ""), says_not=("error",)),
)  # fmt: skip

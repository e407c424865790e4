"""Mistakes in stages.yaml and in the user's settings."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.case import Case
from tests.corpus.sound import STAGES

_LIST = ("list",)
_CHECK = ("check",)
_VIEWS = STAGES + "views:\n"


def _changed(old: str, new: str) -> str:
    """stages.yaml with *new* in the place of the first *old*."""
    assert old in STAGES
    return STAGES.replace(old, new, 1)


def _engage(settings: str) -> str:
    """stages.yaml with other settings for Engage, which stands in line 8."""
    return _changed("{touch_every: 7 days}", settings)


def _new(interval: str) -> str:
    """stages.yaml with another interval for New, in line 7 from column 22 on."""
    return _changed("2 days", interval)


def _spoilt(
    row: str,
    title: str,
    stages: str | bytes,
    place: str,
    *says: str,
    code: int = 3,
    command: tuple[str, ...] = _LIST,
) -> Case:
    where = f"stages.yaml:{place}" if place else ""
    files = {"stages.yaml": stages}
    return Case(
        row=row, title=title, code=code, files=files, command=command, where=where, says=says
    )


def _remove_stages(root: Path) -> None:
    (root / "stages.yaml").unlink()


_RENAMED = STAGES.replace("Engage", "Contacted")

CASES: tuple[Case, ...] = (
    _spoilt("S1a", "a status renamed while contacts have it, and the stages do not know", _changed("  Engage: {", "  Contacted: {"), "4:21", 'no status named "Engage"', "statuses here: New, Contacted"),
    Case("S1b", "a status renamed while contacts have it", 1, {"stages.yaml": _RENAMED}, _CHECK, "contacts.yaml:8:11", says=('no status named "Engage"', "leadctl stages rename Engage")),
    _spoilt("S2a", "a stage twice", _changed("  Lost:", "  Hot:"), "5:3", '"Hot" stands twice, in lines 3 and 5', "keep one of them"),
    _spoilt("S2b", "a stage twice but for the case", _changed("  Lost:", "  hot:"), "5:3", 'a second stage "hot"; line 3 has "Hot"'),
    _spoilt("S2c", "a status twice", _changed("  Inactive: {", "  New: {"), "10:3", '"New" stands twice, in lines 7 and 10'),
    _spoilt("S2d", "an empty list of statuses", "default: New\nstatuses: []\n", "2:11", "there are no statuses", "list at least one"),
    _spoilt("S2e", "nothing below statuses", "default: New\nstatuses:\n", "2:10", "there are no statuses"),
    Case("S2f", "an empty stages.yaml", 3, {"stages.yaml": ""}, _LIST, "stages.yaml", says=("there is nothing in it", "leadctl init")),
    Case("S2g", "no stages.yaml", 2, command=("list", "--book", "."), prepare=_remove_stages, says=("it has no stages.yaml", "put it back from a copy")),
    _spoilt("S2h", "a cycle of next statuses is allowed", _engage("{touch_every: 7 days, next: [New]}"), "", "ada", "bob", code=0),
    Case("S3a", "a contact whose status is unknown", 0, {"contacts.yaml": "- id: ada\n  name: Ada Lovelace\n  status: Nwe\n"}, _LIST, says=("ada", "Nwe")),
    Case("S3b", "a contact whose status is unknown gets another field", 0, {"contacts.yaml": "- id: ada\n  name: Ada Lovelace\n  status: Nwe\n"}, ("set", "ada", "company=King's", "--json"), changes=frozenset({"contacts.yaml", "journal.jsonl"})),
    Case("S6a", "LEADCTL_BOOK names a folder that is not there", 2, command=_LIST, environment={"LEADCTL_BOOK": "/nowhere/book"}, says=('there is no folder "/nowhere/book"', "leadctl init")),
    Case("S6b", "a folder without a book, and none above it", 2, command=("list", "--book", "/"), says=("is not a book",)),
    # Our own inventions
    _spoilt("S7", "no default", _changed("default: New\n", ""), "1:1", "`default` is missing", "`default: New`"),
    _spoilt("S8", "a misspelt default", _changed("default: New", "default: Nwe"), "1:10", 'no status named "Nwe"', 'did you mean "New"?'),
    _spoilt("S9", "a default without a value", _changed("default: New", "default:"), "1:9", "default has no value"),
    _spoilt("S10", "a list as the default", _changed("default: New", "default: [New]"), "1:10", "default is to be one text, not a list"),
    _spoilt("S11", "an interval in words", _new("soon"), "7:22", '"soon" is no interval', "`touch_every: 14 days`"),
    _spoilt("S12", "an interval below zero", _new("-3 days"), "7:22", '"-3 days" is no interval'),
    _spoilt("S13", "an interval of nothing", _new("0 weeks"), "7:22", "touch_every cannot be nothing at all", "1 day"),
    _spoilt("S14", "an interval without a unit", _new("2"), "7:22", '"2" is no interval'),
    _spoilt("S15", "an interval of half days", _new("2.5 days"), "7:22", '"2.5 days" is no interval'),
    _spoilt("S16", "an interval beyond a life", _new("99999 years"), "7:22", "longer than 100 years"),
    _spoilt("S17", "an interval in another language", _new("2 Tage"), "7:22", '"2 Tage" is no interval'),
    _spoilt("S18", "an interval as a list", _new("[2 days]"), "7:22", "touch_every is to be one text"),
    _spoilt("S19", "a misspelt key of a status", _changed("touch_every: 2", "touch_evry: 2"), "7:9", 'unknown key "touch_evry" in status "New"', 'did you mean "touch_every"?'),
    _spoilt("S20", "a limit that is no interval", _engage("{touch_every: 7 days, limit: none}"), "8:40", 'limit: "none" is no interval', "`limit: never`"),
    _spoilt("S21", "a colour that there is not", _changed("colour: red", "colour: crimson"), "3:42", 'colour cannot be "crimson"', "write one of: black, red"),
    _spoilt("S22", "a colour as on the web", _changed("colour: red", "colour: '#ff0000'"), "3:42", 'colour cannot be "#ff0000"'),
    _spoilt("S23", "a colour that becomes a comment", _changed("colour: red", "colour: #ff0000"), "3:8", "this { is not closed", "what comes after # is a comment"),
    _spoilt("S24", "colour as Americans spell it", _changed("colour: red", "color: red"), "3:34", 'unknown key "color"', 'did you mean "colour"?'),
    _spoilt("S25", "a misspelt outcome", _changed("outcome: lost", "outcome: loss"), "5:41", 'outcome cannot be "loss"', 'did you mean "lost"?'),
    _spoilt("S26", "a flag that is neither yes nor no", _changed("pipeline: false", "pipeline: maybe"), "10:44", "pipeline is yes or no", "`pipeline: yes`"),
    _spoilt("S27", "a view that is no query", _VIEWS + "  hot: 'stage:Hto'\n", "14:8", '"Hto"', 'did you mean "Hot"?', code=1, command=_CHECK),
    _spoilt("S28", "a view of an unknown field", _VIEWS + "  hot: 'colour:red'\n", "14:8", "@hot", code=1, command=_CHECK),
    _spoilt("S29", "a view that holds itself", _VIEWS + "  hot: '@hot'\n", "14:8", "@hot", code=1, command=_CHECK),
    _spoilt("S30", "a view with a name of two words", _VIEWS + "  Hot List: 'is:due'\n", "14:3", "cannot be the name of a view", "`hot_list`"),
    _spoilt("S31", "a view without a query", _VIEWS + "  hot:\n", "14:7", 'view "hot" has no value'),
    _spoilt("S32", "a view as a list", _VIEWS + "  hot: [is:due]\n", "14:8", 'view "hot" is to be one text'),
    _spoilt("S33", "a misspelt criterion", STAGES + "prospects:\n  touch_du: true\n", "14:3", 'unknown key "touch_du"', 'did you mean "touch_due"?'),
    _spoilt("S34", "a criterion that is neither on nor off", STAGES + "prospects:\n  touch_due: perhaps\n", "14:14", "touch_due is yes or no"),
    _spoilt("S35", "criteria as a list", STAGES + "prospects: [touch_due]\n", "13:12", "prospects is to hold keys and values"),
    _spoilt("S36", "a field of a type that there is not", _changed("money", "currency"), "12:11", 'the type of "budget" cannot be "currency"', "write one of: text, number"),
    _spoilt("S37", "a choice without choices", _changed("money", "{type: choice}"), "12:3", 'field "budget" has no choices', "choices: [one, two]"),
    _spoilt("S38", "choices of a text", _changed("money", "{type: text, choices: [a]}"), "12:33", "a field of type text has no choices"),
    _spoilt("S39", "a field with a capital letter", _changed("budget:", "Budget:"), "12:3", "cannot be the name of a field", "`budget`"),
    _spoilt("S40", "a field that leadctl has already", _changed("budget: money", "name: text"), "12:3", "a field of leadctl's own"),
    _spoilt("S41", "a field that queries cannot name", _changed("budget: money", "is: text"), "12:3", "a meaning of its own in queries"),
    _spoilt("S42", "a misspelt key of a field", _changed("money", "{kind: money}"), "12:12", 'unknown key "kind"', "known here: type, choices, many"),
    _spoilt("S43", "choices without brackets", _changed("money", "{type: choice, choices: high, low}"), "12:35", "choices is to be a list", "put brackets around it"),
    _spoilt("S44", "a field twice", _changed("budget: money", "budget: money\n  budget: text"), "13:3", '"budget" stands twice'),
    _spoilt("S45", "statuses as a text", "default: New\nstatuses: New, Engage\n", "2:11", "statuses is to hold keys and values"),
    _spoilt("S46", "a list in place of everything", "- New\n- Engage\n", "1:1", "stages.yaml is to hold keys and values, not a list"),
    _spoilt("S47", "status for statuses", _changed("statuses:\n", "status:\n"), "6:1", 'unknown key "status"', 'did you mean "statuses"?'),
    _spoilt("S48", "the statuses of a stage without brackets", _changed("[Engage]}", "Engage}"), "4:20", "put brackets around it: `statuses: [Engage]`"),
    _spoilt("S49", "a stage with an unknown status", _changed("[Engage]}", "[Enagge]}"), "4:21", 'no status named "Enagge"', 'did you mean "Engage"?'),
    _spoilt("S50", "a status in two stages", _changed("[New, Active]", "[New, Engage]"), "4:21", '"Engage" is in stages "Hot" and "Warm"', "one stage at most"),
    _spoilt("S51", "a status twice in a stage", _changed("[New, Active]", "[New, New]"), "3:25", '"New" is twice in stage "Hot"'),
    _spoilt("S52", "a next status that there is not", _changed("next: [Engage]", "next: [Won]"), "7:37", 'no status named "Won"'),
    _spoilt("S53", "next without brackets", _changed("next: [Engage]", "next: Engage"), "7:36", "`next: [Engage]`"),
    _spoilt("S54", "an alias that is a status", _engage("{touch_every: 7 days, aliases: [New]}"), "8:43", 'alias "New" already stands for "New"', "delete it here or on line 7"),
    _spoilt("S55", "a demand that there is not", _engage("{touch_every: 7 days, note: always}"), "8:39", 'note cannot be "always"', "optional, required"),
    _spoilt("S56", "a semicolon between settings", _engage("{touch_every: 7 days; limit: 3 days}"), "8:38", "a comma or } is missing here"),
    _spoilt("S57", "settings without braces", _engage("touch_every: 7 days"), "8:22", "a second colon"),
    _spoilt("S58", "a brace that is never closed", _changed("7 days}", "7 days"), "8:11", "this { is not closed", "add the closing }"),
    _spoilt("S59", "a brace too many", _changed("colour: red}", "colour: red}}"), "3:46", "text after the closing bracket"),
    _spoilt("S60", "a tab as indentation", _changed("  Engage: {", "\tEngage: {"), "8:1", "tab used for indentation"),
    _spoilt("S61", "a blank missing after the colon", _changed("default: New", "default:New"), "1:9", "a blank is missing after the colon", "`default: New`"),
    _spoilt("S62", "one status indented deeper", _changed("  Engage: {", "    Engage: {"), "8:5", "does not fit the fields above it"),
    _spoilt("S63", "no-break spaces as indentation", _changed("  Engage: {", "\xa0\xa0Engage: {"), "8:1", "no-break space (U+00A0), used for indentation", "use plain spaces"),
    _spoilt("S64", "a merge conflict", _changed("default: New", "<<<<<<< HEAD\ndefault: New\n=======\ndefault: Engage\n>>>>>>> x"), "1:1", "unresolved merge conflict, lines 1–5"),
    _spoilt("S65", "typographic quotes", _changed("default: New", "default: “New”"), "1:10", "no status named", 'did you mean "New"?'),
    _spoilt("S66", "an anchor", _changed("default: New", "default: &d New"), "1:10", "anchors"),
    _spoilt("S67", "a second document", STAGES + "---\nx: y\n", "13:1", "a second document starts here"),
    _spoilt("S68", "UTF-16", STAGES.encode("utf-16"), "1:1", "looks like UTF-16", "iconv"),
    _spoilt("S69", "cp1252", STAGES.replace("Engage", "Café").encode("cp1252"), "4:24", "looks like cp1252"),
    _spoilt("S70", "a NUL", _changed("default: New", "default: New\0"), "1:13", "U+0000 is not allowed here"),
    _spoilt("S71", "nested without end", STAGES + "x: " + "[" * 50, "13:11", "nested deeper than 8"),
    _spoilt("S72", "a mark of Windows and its line ends", b"\xef\xbb\xbf" + STAGES.replace("\n", "\r\n").encode(), "", "ada", code=0),
    _spoilt("S73", "a status without a name", _changed("  Active: {", "  '': {"), "9:3", "a status without a name", "write one before the colon"),
)  # fmt: skip

"""stages.yaml: what it declares, how statuses are looked up, and every mistake with its place."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadctl.dates import NEVER, Interval
from leadctl.errors import RequestError
from leadctl.fields import FIELDS, SYNONYMS, Field, Kind
from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.own_fields import FIELD_KEYS, FIELD_TYPES, QUERY_WORDS
from leadctl.problems import Problem, Where
from leadctl.stages import COLOURS, CRITERIA, OUTCOMES, Stage, Stages, Status
from leadctl.stages_reading import DEMANDS, STAGE_KEYS, STATUS_KEYS, TOP_KEYS, read_stages
from leadctl.store.yaml_reader import read_tree

SCHEMA = json.loads((files("leadctl") / "schema" / "stages.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
#: A file without a mistake; tests put their lines after it.
SOUND = """\
default: New
statuses:
  New:
    touch_every: 2 days
  Active:
    touch_every: 14 days
"""


def read(text: str) -> tuple[Stages | None, list[Problem]]:
    tree, problems = read_tree(text, "stages.yaml")
    assert tree is not None, problems
    return read_stages(tree)


def stages_of(text: str) -> Stages:
    stages, problems = read(text)
    assert stages is not None, problems
    return stages


def errors(text: str) -> list[str]:
    """Place and message of every error, in order."""
    stages, problems = read(text)
    found = [problem for problem in problems if not problem.is_warning]
    assert (stages is None) == bool(found)
    return [f"{each.where.line}:{each.where.column} {each.message}" for each in found]


def warnings(text: str) -> list[str]:
    _, problems = read(text)
    return [
        f"{each.where.line}:{each.where.column} {each.message}"
        for each in problems
        if each.is_warning
    ]


def test_every_key_of_a_status_is_read() -> None:
    stages = stages_of("""\
default: New
stages:
  Lost: {statuses: [New], outcome: lost, colour: red}
statuses:
  New:
    touch_every: 2 days
    first_touch: 0 days
    pipeline: no
    note: required
    reason: required
    reasons: [price, timing]
    limit: 7 days
    next: [Active]
    aliases: [Lead, Fresh]
    colour: bright-blue
  Active: {touch_every: never}
""")

    assert stages.statuses[0] == Status(
        name="New",
        stage="Lost",
        outcome="lost",
        touch_every=Interval(2, "day"),
        first_touch=Interval(0, "day"),
        on_pipeline=False,
        note_required=True,
        reason_required=True,
        reasons=("price", "timing"),
        aliases=("Lead", "Fresh"),
        next=("Active",),
        limit=Interval(7, "day"),
        colour="bright-blue",
    )


def test_what_a_status_leaves_out_is_optional_unlimited_and_on_the_pipeline() -> None:
    stages = stages_of("default: New\nstatuses:\n  New:\n")

    assert stages.statuses == (Status("New", on_pipeline=True, touch_every=None, limit=None),)


def test_never_is_not_the_same_as_not_set() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: never}\n  B:\n")

    assert [status.touch_every for status in stages.statuses] == [NEVER, None]


def test_a_status_takes_colour_and_outcome_from_its_stage() -> None:
    stages = stages_of(
        SOUND + "stages:\n  Won: {statuses: [Active], outcome: won, colour: green}\n"
    )

    assert stages.stages == (Stage("Won", "won", "green", ("Active",)),)
    assert stages.get("Active").colour == "green"
    assert (stages.get("Active").stage, stages.get("Active").outcome) == ("Won", "won")
    assert (stages.get("New").stage, stages.get("New").outcome) == ("", "")


def test_the_pipeline_has_the_order_of_the_file_without_those_taken_off() -> None:
    stages = stages_of("default: B\nstatuses:\n  B:\n  Off: {pipeline: false}\n  A:\n")

    assert [status.name for status in stages.pipeline] == ["B", "A"]


@pytest.mark.parametrize("word", ["yes", "true", "on", "True", "YES"])
def test_yes_is_written_in_several_ways(word: str) -> None:
    stages = stages_of(f"default: A\nstatuses:\n  A: {{pipeline: {word}}}\n")

    assert stages.statuses[0].on_pipeline is True


@pytest.mark.parametrize("word", ["no", "false", "off", "False", "NO"])
def test_no_is_written_in_several_ways(word: str) -> None:
    stages = stages_of(f"default: A\nstatuses:\n  A: {{pipeline: {word}}}\n")

    assert stages.statuses[0].on_pipeline is False


def test_references_may_use_another_case_or_an_alias_and_become_names() -> None:
    stages = stages_of("""\
default: lead
stages:
  Hot: {statuses: [ACTIVE]}
statuses:
  New: {touch_every: 2 days, aliases: [Lead], next: [active, Active]}
  Active: {touch_every: 2 days, next: [LEAD]}
""")

    assert stages.default == "New"
    assert stages.find_stage("hot") == Stage("Hot", statuses=("Active",))
    assert [status.next for status in stages.statuses] == [("Active",), ("New",)]


def test_criteria_are_on_unless_switched_off() -> None:
    stages = stages_of(SOUND + "prospects: {stuck: off, pinned: on}\n")

    assert stages.criteria == {"never_contacted", "touch_due", "pinned"}
    assert stages_of(SOUND).criteria == set(CRITERIA)


def test_fields_are_declared_by_a_type_or_by_keys() -> None:
    fields = stages_of(
        SOUND + "fields:\n  budget: money\n  side: {type: choice, choices: [a, b], many: yes}\n"
    ).fields

    assert fields == {
        "budget": Field("budget", Kind.MONEY, fields["budget"].help),
        "side": Field("side", Kind.CHOICE, fields["side"].help, many=True, choices=("a", "b")),
    }


def test_views_are_kept_as_text() -> None:
    assert stages_of(SOUND + "views:\n  hot: 'stage:Hot -is:snoozed'\n").views == {
        "hot": "stage:Hot -is:snoozed"
    }


def test_sections_with_nothing_but_comments_count_as_left_out() -> None:
    text = SOUND + "stages:\nprospects:\nfields:\n  # budget: money\nviews:\n"

    assert stages_of(text) == stages_of(SOUND)


def test_a_status_is_found_by_name_and_alias_in_any_case_and_without_accents() -> None:
    stages = stages_of("default: Zürich\nstatuses:\n  Zürich: {aliases: [Old  Name]}\n")

    assert stages.find("ZURICH") is stages.find("old name") is stages.statuses[0]
    assert stages.find("") is None
    assert stages.find("Bern") is None


def test_an_unknown_status_is_refused_with_a_suggestion() -> None:
    with pytest.raises(RequestError) as raised:
        stages_of(SOUND).get("Atcive")

    assert raised.value.message == 'no status named "Atcive"'
    assert raised.value.hint == 'did you mean "Active"?'


def test_an_unknown_status_like_no_other_is_refused_with_the_way_to_the_list() -> None:
    with pytest.raises(RequestError) as raised:
        stages_of(SOUND).get("xyzzy")

    assert raised.value.hint == "`leadctl stages` lists them all"


def test_an_unknown_stage_is_refused_with_a_suggestion() -> None:
    stages = stages_of(SOUND + "stages: {Hot: {statuses: [New]}}\n")

    assert stages.get_stage("HOT").name == "Hot"
    with pytest.raises(RequestError, match='no stage named "Hto"') as raised:
        stages.get_stage("Hto")
    assert raised.value.hint == 'did you mean "Hot"?'


@pytest.mark.parametrize(
    ("lines", "error", "hint"),
    [
        ("prospect: {}", '7:1 unknown key "prospect" in stages.yaml', '"prospects"'),
        (
            "  Old: {touch_evry: 1d}",
            '7:9 unknown key "touch_evry" in status "Old"',
            '"touch_every"',
        ),
        ("stages: {A: {color: red}}", '7:14 unknown key "color" in stage "A"', '"colour"'),
        ("prospects: {stuk: no}", '7:13 unknown key "stuk" in prospects', '"stuck"'),
        ("prospects: {x: no}", '7:13 unknown key "x" in prospects', "known here: never_contacted"),
        ("fields: {a: {typ: text}}", '7:14 unknown key "typ" in field "a"', '"type"'),
        ("  Old: {limit: soon}", '7:16 limit: "soon" is no interval', "`limit: 14 days`"),
        ("  Old: {limit: -3 days}", '7:16 limit: "-3 days" is no interval', "`limit: 14 days`"),
        ("  Old: {limit: 999 years}", '7:16 limit: "999 years" is longer than 100 years', "limit"),
        ("  Old: {touch_every: 0 days}", "7:22 touch_every cannot be nothing at all", "never"),
        ("  Old: {pipeline: maybe}", '7:19 pipeline is yes or no, not "maybe"', "`pipeline: yes`"),
        ("prospects: {stuck: 3}", '7:20 stuck is yes or no, not "3"', "`stuck: no`"),
        ("  Old: {colour: gren}", '7:17 colour cannot be "gren"', '"green"'),
        ("  Old: {colour: pink}", '7:17 colour cannot be "pink"', "write one of: black, red"),
        ("stages: {A: {outcome: xyz}}", '7:23 outcome cannot be "xyz"', "open, won, lost"),
        ("  Old: {note: require}", '7:15 note cannot be "require"', '"required"'),
        ("  Old: {reason: must}", '7:17 reason cannot be "must"', "optional, required"),
        ("  Old: {reasons: price}", '7:18 reasons is to be a list, not "price"', "[price]"),
        ("  Old: {next: {New: x}}", "7:15 next is to be a list, not keys and values", "next: ["),
        (
            "  Old: {next: [[New]]}",
            "7:16 an item of next is to be one text, not a list",
            "one text",
        ),
        ("  Old: {note: [required]}", "7:15 note is to be one text, not a list", "one text"),
        ("  Old: {next: [Nwe]}", '7:16 no status named "Nwe"', 'did you mean "New"?'),
        ("  Old: {next: [Q]}", '7:16 no status named "Q"', "statuses here: New, Active, Old"),
        ("  Old: hot", '7:8 status "Old" is to hold keys and values, not "hot"', "colon"),
        ("  Old: [hot]", '7:8 status "Old" is to hold keys and values, not a list', "colon"),
        ("stages: [Hot]", "7:9 stages is to hold keys and values, not a list", "colon"),
        ("  new: {}", '7:3 a second status "new"; line 3 has "New"', "rename"),
        ('  " ": {}', "7:3 a status without a name", "before the colon"),
        ("stages: {'': {}}", "7:10 a stage without a name", "before the colon"),
        ("stages: {A: {}, a: {}}", '7:17 a second stage "a"; line 7 has "A"', "rename"),
        ("stages: {A: {statuses: [Nwe]}}", '7:25 no status named "Nwe"', '"New"'),
        ("  Old: {aliases: [' ']}", "7:19 an item of aliases has no value", "delete the line"),
        ("  Old: {aliases: ['\u0301']}", "7:19 an item of aliases has no value", "delete the line"),
        ("  Old: {aliases: [NEW]}", '7:19 alias "NEW" already stands for "New"', "line 3"),
        ("  Old: {aliases: [old]}", '7:19 alias "old" already stands for "Old"', "line 7"),
        ("  Old: {aliases: [x, X]}", '7:22 alias "X" already stands for "Old"', "line 7"),
        (
            "fields: {Budget: money}",
            '7:10 "Budget" cannot be the name of a field',
            "such as `budget`",
        ),
        ("fields: {a b: money}", '7:10 "a b" cannot be the name of a field', "such as `a_b`"),
        ("fields: {'9': money}", '7:10 "9" cannot be the name of a field', "use a-z"),
        ("fields: {email: text}", """7:10 "email" is a field of leadctl's own""", "another name"),
        ("fields: {DNC: text}", """7:10 "DNC" is a field of leadctl's own""", "another name"),
        ("fields: {due: date}", """7:10 "due" is a field of leadctl's own""", "another name"),
        ("fields: {is: text}", '7:10 "is" has a meaning of its own in queries', "another name"),
        ("fields: {a: mony}", '7:13 the type of "a" cannot be "mony"', '"money"'),
        ("fields: {a: ''}", '7:13 the type of "a" has no value', "delete the line"),
        ("fields: {a: [text]}", '7:13 field "a" is to hold keys and values, not a list', "colon"),
        ("fields: {a: choice}", '7:10 field "a" has no choices', "choices: [one, two]"),
        ("fields: {a: {choices: [b]}}", "7:23 a field of type text has no choices", "type: choice"),
        ("fields: {a: {type: x, choices: [b]}}", '7:20 the type of "a" cannot be "x"', "money"),
        ("views: {Hot: 'is:due'}", '7:9 "Hot" cannot be the name of a view', "such as `hot`"),
        ("views: {hot: ''}", '7:14 view "hot" has no value', "delete the line"),
    ],
)
def test_a_mistake_is_reported_once_with_its_place_and_a_hint(
    lines: str, error: str, hint: str
) -> None:
    text = f"{SOUND}{lines}\n"
    _, problems = read(text)

    assert errors(text) == [error]
    [problem] = [each for each in problems if not each.is_warning]
    assert hint in problem.hint
    assert problem.check == "stages"
    assert problem.where.path == "stages.yaml"


@pytest.mark.parametrize("text", ["- New\n", "New\n"])
def test_a_file_that_holds_no_keys_is_refused_as_such(text: str) -> None:
    [error] = errors(text)

    assert error.startswith("1:1 stages.yaml is to hold keys and values")


def test_a_key_without_a_value_is_refused() -> None:
    text = "default:\nstatuses:\n  New:\n    touch_every:\n"

    assert [each.partition(" ")[2] for each in errors(text)] == [
        "default has no value",
        "touch_every has no value",
    ]


def test_a_missing_default_is_reported_with_the_first_status_as_example() -> None:
    _, problems = read("statuses:\n  Lead: {touch_every: never}\n")

    assert [(each.where.line, each.message) for each in problems] == [(1, "`default` is missing")]
    assert "`default: Lead`" in problems[0].hint


def test_a_default_that_is_no_status_is_reported_where_it_stands() -> None:
    assert errors(SOUND.replace("default: New", "default: Nwe")) == ['1:10 no status named "Nwe"']


@pytest.mark.parametrize("statuses", ["", "statuses:\n", "statuses: {}\n", "statuses: []\n"])
def test_a_file_without_statuses_gets_one_error_not_one_for_each_mention(statuses: str) -> None:
    text = f"default: New\nstages: {{Hot: {{statuses: [New]}}}}\n{statuses}"

    assert [each.partition(" ")[2] for each in errors(text)] == ["there are no statuses"]


def test_a_status_in_two_stages_names_both_places() -> None:
    text = SOUND + "stages:\n  Hot:\n    statuses: [New]\n  Cold:\n    statuses: [Active, new]\n"

    assert errors(text) == ['11:24 "New" is in stages "Hot" and "Cold", lines 9 and 11']


def test_a_status_listed_twice_in_one_stage_is_reported() -> None:
    text = SOUND + "stages:\n  Hot:\n    statuses: [New, New]\n"

    assert errors(text) == ['9:21 "New" is twice in stage "Hot", lines 9 and 9']


def test_all_mistakes_are_reported_in_one_run_and_in_the_order_of_the_file() -> None:
    text = """\
defalt: New
stages:
  Hot: {statuses: [Nwe], colour: rd}
statuses:
  New: {touch_every: 2 dayz, pipeline: maybe}
  Old: {next: [Gone]}
fields:
  email: text
"""

    assert [each.partition(" ")[0] for each in errors(text)] == [
        *("1:1", "1:1", "3:20", "3:34", "5:22", "5:40", "6:16", "8:3")
    ]


def test_a_status_without_touch_interval_is_pointed_out_but_usable() -> None:
    text = "default: New\nstatuses:\n  New:\n"

    assert warnings(text) == ['3:3 no touch interval is set for "New"']
    assert errors(text) == []


def test_reasons_that_nothing_asks_for_are_pointed_out() -> None:
    text = SOUND + "    reasons: [price]\n"

    assert warnings(text) == ["7:14 reasons are listed, but nothing asks for one"]
    assert warnings(text + "    reason: optional\n") == []


def test_a_stage_without_statuses_is_pointed_out() -> None:
    text = SOUND + "stages:\n  Hot:\n  Cold: {statuses: []}\n"

    assert warnings(text) == [
        '8:3 stage "Hot" has no statuses',
        '9:3 stage "Cold" has no statuses',
    ]


def test_a_status_in_no_stage_is_fine() -> None:
    assert read(SOUND)[1] == []


def test_the_schema_has_the_keys_and_words_of_the_reader() -> None:
    part = SCHEMA["definitions"]
    mapping_form = part["field"]["anyOf"][1]["properties"]

    assert set(SCHEMA["properties"]) == set(TOP_KEYS)
    assert set(SCHEMA["properties"]["prospects"]["properties"]) == set(CRITERIA)
    assert set(part["stage"]["properties"]) == set(STAGE_KEYS)
    assert set(part["status"]["properties"]) == set(STATUS_KEYS)
    assert set(mapping_form) == set(FIELD_KEYS)
    assert set(mapping_form["type"]["enum"]) == set(FIELD_TYPES)
    assert set(part["field"]["anyOf"][0]["enum"]) == set(FIELD_TYPES) - {"choice"}
    assert set(part["stage"]["properties"]["outcome"]["enum"]) == set(OUTCOMES)
    assert set(part["demand"]["enum"]) == set(DEMANDS)
    assert set(part["colour"]["enum"]) == set(COLOURS)


def test_the_schema_refuses_the_field_names_that_the_reader_refuses() -> None:
    own = {*QUERY_WORDS, *(field.name for field in FIELDS), *SYNONYMS}
    refused = set(SCHEMA["properties"]["fields"]["propertyNames"]["not"]["enum"])

    assert refused == own - {"e-mail"}  # which is refused for its hyphen


def test_every_key_in_the_schema_has_a_description() -> None:
    part = SCHEMA["definitions"]
    levels = [
        SCHEMA["properties"],
        SCHEMA["properties"]["prospects"]["properties"],
        part["stage"]["properties"],
        part["status"]["properties"],
        part["field"]["anyOf"][1]["properties"],
    ]

    assert [key for level in levels for key in level if not level[key].get("description")] == []


# Documents as plain values: half of the words belong there, so that some files are sound.
_names = st.sampled_from(["New", "new", "Active", "Lost", "", " ", "1", "Zürich", "a;b"])
_words = st.one_of(
    _names,
    st.sampled_from(["yes", "off", "2 days", "0 days", "1m", "never", "daily", "red", "required"]),
    st.sampled_from(["won", "money", "choice", "hot", "stuck", "x" * 50]),
    st.text(max_size=5),
)
_anything = st.recursive(
    _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=5,
)


def _keyed(keys: tuple[str, ...], **likely: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Mappings with some of *keys*, mostly with the values that are *likely* for them."""
    each = {key: likely.get(key, _words) for key in keys}
    sound = st.fixed_dictionaries({}, optional=each)
    return st.one_of(sound, sound, sound, st.dictionaries(_words, _anything, max_size=2), _anything)


_intervals = st.sampled_from(["2 days", "2d", "1 month", "never", "weekly", "0 days"])
_flags = st.sampled_from(["yes", "no", "on", "off", "true", "false"])
_demands = st.sampled_from(DEMANDS)
_lists = st.lists(_names, max_size=2)
_status = _keyed(
    STATUS_KEYS,
    **dict.fromkeys(("touch_every", "first_touch", "limit"), _intervals),
    **dict.fromkeys(("reasons", "next", "aliases"), _lists),
    **dict.fromkeys(("note", "reason"), _demands),
    pipeline=_flags,
    colour=st.sampled_from(COLOURS),
)
_stage = _keyed(
    STAGE_KEYS, statuses=_lists, outcome=st.sampled_from(OUTCOMES), colour=st.just("red")
)
_field = st.sampled_from(["money", "text"]) | _keyed(
    FIELD_KEYS, type=st.sampled_from(FIELD_TYPES), choices=_lists, many=_flags
)
_documents = _keyed(
    TOP_KEYS,
    default=_names,
    stages=st.dictionaries(_names, _stage, max_size=2),
    statuses=st.dictionaries(_names, _status, min_size=1, max_size=3),
    prospects=_keyed(CRITERIA, **dict.fromkeys(CRITERIA, _flags)),
    fields=st.dictionaries(st.sampled_from(["budget", "side", "email"]), _field, max_size=2),
    views=st.dictionaries(st.sampled_from(["hot", "a-b", "B"]), _words, max_size=2),
)


@st.composite
def _sound_documents(draw: st.DrawFn) -> dict[str, object]:
    """Files without a mistake: whatever is named in them is there once."""
    names = draw(st.lists(st.sampled_from(_GOOD_NAMES), min_size=1, unique=True))
    some = st.lists(st.sampled_from(names), max_size=3)
    settings_of: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
        {}, optional={**_SOUND_SETTINGS, "next": some}
    )
    statuses = {name: draw(settings_of) for name in names}
    for alias in draw(st.lists(st.sampled_from(["Lead", "OLD", "x y", "0"]), unique=True)):
        statuses[draw(st.sampled_from(names))].setdefault("aliases", [alias])
    homes = {name: draw(st.sampled_from(["Hot", "Won", ""])) for name in names}
    stages = {
        stage: {**draw(_LOOKS), "statuses": [name for name in names if homes[name] == stage]}
        for stage in ("Hot", "Won")
    }
    document = {"default": draw(st.sampled_from(names)), "stages": stages, "statuses": statuses}
    return document | draw(st.fixed_dictionaries({}, optional=_SOUND_SECTIONS))


_GOOD_NAMES = ("New", "Active", "Lost", "1", "no", "Zürich", "a;b", "Not Followed")
_LOOKS = st.fixed_dictionaries(
    {}, optional={"outcome": st.sampled_from(OUTCOMES), "colour": st.sampled_from(COLOURS)}
)
_SOUND_SETTINGS: dict[str, st.SearchStrategy[object]] = {
    "touch_every": st.sampled_from(["2 days", "2d", "1 month", "never", "weekly"]),
    **dict.fromkeys(("first_touch", "limit"), _intervals),
    **dict.fromkeys(("note", "reason"), _demands),
    "reasons": st.lists(st.sampled_from(["price", "1", "no"]), max_size=2),
    "pipeline": _flags,
    "colour": st.sampled_from(COLOURS),
}
_SOUND_FIELDS = st.one_of(
    st.sampled_from(["text", "number", "date", "money"]),
    st.fixed_dictionaries({}, optional={"type": st.sampled_from(["text", "date"]), "many": _flags}),
    st.fixed_dictionaries({"type": st.just("choice"), "choices": st.just(["a", "1"])}),
)
_SOUND_SECTIONS = {
    "prospects": st.fixed_dictionaries({}, optional=dict.fromkeys(CRITERIA, _flags)),
    "fields": st.dictionaries(st.sampled_from(["budget", "side", "x_1"]), _SOUND_FIELDS),
    "views": st.dictionaries(st.sampled_from(["hot", "a-b", "c_1"]), st.just("is:due")),
}


def _located(value: object, lines: itertools.count[int]) -> Node:
    """*value* as a tree in which every node has a line of its own."""
    where = Where("stages.yaml", next(lines), 1)
    if isinstance(value, dict):
        pairs = (
            (Scalar(key, Where("stages.yaml", next(lines), 1)), each) for key, each in value.items()
        )
        return Mapping(tuple((key, _located(each, lines)) for key, each in pairs), where)
    if isinstance(value, list):
        return Sequence(tuple(_located(each, lines) for each in value), where)
    return Scalar(str(value), where)


_law = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_law
@given(_documents | _sound_documents())
def test_any_tree_gives_either_stages_or_errors_each_said_once(document: object) -> None:
    stages, problems = read_stages(_located(document, itertools.count(1)))

    assert (stages is None) == any(not problem.is_warning for problem in problems)
    assert len({(each.where, each.message) for each in problems}) == len(problems)
    assert all(each.where.line and each.hint and each.check == "stages" for each in problems)


@_law
@given(_sound_documents())
def test_a_sound_file_is_taken_by_the_reader_and_by_editors(document: dict[str, object]) -> None:
    stages, problems = read_stages(_located(document, itertools.count(1)))

    assert stages is not None, problems
    assert VALIDATOR.is_valid(document)


@_law
@given(_sound_documents())
def test_names_in_stages_that_were_read_lead_to_each_other(document: dict[str, object]) -> None:
    stages, _ = read_stages(_located(document, itertools.count(1)))
    assert stages is not None

    assert stages.get(stages.default).name == stages.default
    for status in stages.statuses:
        words = (status.name, status.name.upper(), *status.aliases)
        assert all(stages.find(word) is status for word in words)
        assert all(stages.get(name).name == name for name in status.next)
        home = stages.find_stage(status.stage)
        assert (home is not None and status.name in home.statuses) == bool(status.stage)

"""Any stages.yaml gives stages or errors, and the schema for editors agrees with the reader."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadctl.fields import FIELDS, SYNONYMS
from leadctl.intake_reading import INTAKE_KEYS, INTAKE_RULE_KEYS, MATCHES
from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.own_fields import FIELD_KEYS, FIELD_TYPES, QUERY_WORDS
from leadctl.problems import Where
from leadctl.prospecting.criteria import CRITERIA
from leadctl.prospecting.criteria_reading import PROSPECT_KEYS, QUIET_KEYS, RULE_KEYS, WINDOW_KEYS
from leadctl.stages import COLOURS, OUTCOMES
from leadctl.stages_reading import DEMANDS, STAGE_KEYS, STATUS_KEYS, TOP_KEYS, read_stages
from leadctl.then_reading import THEN_KEYS

SCHEMA = json.loads((files("leadctl") / "schema" / "stages.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def test_the_schema_has_the_keys_and_words_of_the_reader() -> None:
    part = SCHEMA["definitions"]
    mapping_form = part["field"]["anyOf"][1]["properties"]

    assert set(SCHEMA["properties"]) == set(TOP_KEYS)
    assert set(SCHEMA["properties"]["intake"]["anyOf"][2]["properties"]) == set(INTAKE_KEYS)
    assert set(part["intakeRule"]["properties"]) == set(INTAKE_RULE_KEYS)
    assert set(SCHEMA["properties"]["prospects"]["properties"]) == set(PROSPECT_KEYS)
    assert set(part["then"]["properties"]) == set(THEN_KEYS)
    assert set(part["window"]["properties"]) == set(WINDOW_KEYS)
    assert set(part["quiet"]["properties"]) == set(QUIET_KEYS)
    assert set(part["rule"]["properties"]) == set(RULE_KEYS)
    names = SCHEMA["properties"]["prospects"]["properties"]["rules"]["propertyNames"]
    assert set(names["not"]["enum"]) == set(PROSPECT_KEYS)
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
        *(part[name]["properties"] for name in ("then", "window", "quiet", "rule")),
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
    weight=st.sampled_from(["1", "9", "0", "x"]),
    then=_keyed(THEN_KEYS, after=_intervals, to=_names, automatic=_flags),
)
_stage = _keyed(
    STAGE_KEYS, statuses=_lists, outcome=st.sampled_from(OUTCOMES), colour=st.just("red")
)
_field = st.sampled_from(["money", "text"]) | _keyed(
    FIELD_KEYS, type=st.sampled_from(FIELD_TYPES), choices=_lists, many=_flags
)
_conditions = st.dictionaries(st.sampled_from(["source", "tag", "due"]), _words, max_size=2)
_intake_rule = _keyed(
    INTAKE_RULE_KEYS, name=_names, when=_conditions, set=_conditions, plan=_words, note=_words
)
_intake_rules = st.lists(_intake_rule, max_size=3)
_documents = _keyed(
    TOP_KEYS,
    intake=_intake_rules | _keyed(INTAKE_KEYS, match=st.sampled_from(MATCHES), rules=_intake_rules),
    default=_names,
    stages=st.dictionaries(_names, _stage, max_size=2),
    statuses=st.dictionaries(_names, _status, min_size=1, max_size=3),
    prospects=_keyed(
        PROSPECT_KEYS,
        **{name: _flags for name in CRITERIA if name not in ("birthday", "gone_quiet")},
        birthday=_flags | _keyed(WINDOW_KEYS, **dict.fromkeys(WINDOW_KEYS, _intervals)),
        gone_quiet=_flags | _keyed(QUIET_KEYS, after=_intervals, statuses=_lists),
        rules=st.dictionaries(_words, _keyed(RULE_KEYS, again=_intervals), max_size=2),
    ),
    fields=st.dictionaries(st.sampled_from(["budget", "side", "email"]), _field, max_size=2),
    views=st.dictionaries(st.sampled_from(["hot", "a-b", "B"]), _words, max_size=2),
)


@st.composite
def _sound_documents(draw: st.DrawFn) -> dict[str, object]:
    """Files without a mistake: whatever is named in them is there once."""
    names = draw(st.lists(st.sampled_from(_GOOD_NAMES), min_size=1, unique=True))
    some = st.lists(st.sampled_from(names), max_size=3)
    settings_of: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
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
    for name in names:
        others = [each for each in names if each != name and not _RULES & statuses[each].keys()]
        for other in draw(st.lists(st.sampled_from(others), max_size=1)) if others else ():
            statuses[name]["then"] = {**draw(_SOUND_MOVE), "to": other}
    document: dict[str, Any] = {
        "default": draw(st.sampled_from(names)),
        "stages": stages,
        "statuses": statuses,
    }
    document |= draw(st.fixed_dictionaries({}, optional=_SOUND_SECTIONS))
    document["fields"] = {**document.get("fields", {}), "closed_on": "date"}
    return document


_RULES = {"reason", "reasons"}
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
    "weight": st.integers(1, 9),
}
_SOUND_MOVE = st.fixed_dictionaries(
    {"after": st.sampled_from(["1 day", "2w", "monthly"])},
    optional={
        "automatic": _flags,
        "note": st.just("so it is"),
        "reason": st.just("price"),
        "since": st.just("closed_on"),
    },
)
_DAYS = st.sampled_from(["0 days", "3 days", "1w", "monthly", "90d"])
_SOUND_WINDOW = st.fixed_dictionaries({}, optional={"within": _DAYS, "late": _DAYS})
_SOUND_RULE = st.fixed_dictionaries(
    {"where": st.just("is:due"), "reason": st.just("because")},
    optional={"points": st.integers(0, 1000), "again": _intervals, "next": st.just("call")},
)
_SOUND_FIELDS = st.one_of(
    st.sampled_from(["text", "number", "date", "money"]),
    st.fixed_dictionaries({}, optional={"type": st.sampled_from(["text", "date"]), "many": _flags}),
    st.fixed_dictionaries({"type": st.just("choice"), "choices": st.just(["a", "1"])}),
)
_SOUND_SECTIONS: dict[str, st.SearchStrategy[Any]] = {
    "prospects": st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(CRITERIA, _flags),
            "birthday": _flags | _SOUND_WINDOW,
            "anniversary": _flags | _SOUND_WINDOW,
            "rules": st.dictionaries(st.sampled_from(["vip", "a-b", "c_1"]), _SOUND_RULE),
        },
    ),
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

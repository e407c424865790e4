"""A YAML text as nodes that know their place, for files that are more than a list of records."""

from __future__ import annotations

from typing import Any

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.store.yaml_faults import PARSER_ERRORS, explain
from leadctl.store.yaml_source import (
    MAX_DEPTH,
    MAX_KEY,
    MAX_VALUE,
    NextEvent,
    Source,
    TooDeepError,
    TooManyError,
    check_document,
    open_events,
    refuse_extras,
    skip_node,
)

_ONE = "keep one of them"
#: A stages.yaml has some hundreds of values, a mapping file some thousands.
_MOST_VALUES = 50_000
_NODES = (AliasEvent, ScalarEvent, SequenceStartEvent, MappingStartEvent)


def build_tree(source: Source) -> Node | None:
    """The node that *source* consists of; None if it is empty. *source* gets the problems."""
    try:
        return _TreeReader(source, open_events(source.text)).read()
    except TooManyError:
        # What was too many is told already.
        return None
    except PARSER_ERRORS as error:
        fault = explain(error, source.text)
        source.tell(fault.index, fault.message, fault.hint)
    return None


class _TreeReader:
    def __init__(self, source: Source, next_event: NextEvent) -> None:
        self._source = source
        self._next_event = next_event
        self._values = 0

    def read(self) -> Node | None:
        roots: list[Node] = []
        documents = 0
        event = self._next_event()
        while type(event) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                documents += 1
                check_document(self._source, event, documents)
            elif type(event) in _NODES and not _is_nothing(event):
                roots.append(self._node(event, 0))
            event = self._next_event()
        return roots[0] if roots else None

    def _node(self, event: Any, depth: int) -> Node:
        """The node that starts with *event*, which stands in *depth* others."""
        self._values += 1
        if self._values > _MOST_VALUES:
            hint = "put an older copy of the file back"
            self._source.tell(event.start_mark.index, f"more than {_MOST_VALUES:,} values", hint)
            raise TooManyError(event.start_mark.index)
        refuse_extras(self._source, event)
        if depth == MAX_DEPTH and type(event) in (SequenceStartEvent, MappingStartEvent):
            raise TooDeepError(event.start_mark.index)
        if type(event) is SequenceStartEvent:
            return self._sequence(event, depth + 1)
        if type(event) is MappingStartEvent:
            return self._mapping(event, depth + 1)
        return self._scalar(event)

    def _scalar(self, event: Any) -> Scalar:
        # An alias is refused already; it only has to be something.
        text = event.value if type(event) is ScalarEvent else ""
        if len(text) > MAX_VALUE:
            hint = "keep long texts in a file of their own"
            message = f"a value of {len(text):,} characters; 1,000,000 are the most"
            self._source.refuse(event.start_mark.index, message, hint)
        return Scalar(text, self._source.where(event.start_mark.index))

    def _sequence(self, opening: Any, depth: int) -> Sequence:
        items: list[Node] = []
        event = self._next_event()
        while type(event) is not SequenceEndEvent:
            items.append(self._node(event, depth))
            event = self._next_event()
        return Sequence(tuple(items), self._source.where(opening.start_mark.index))

    def _mapping(self, opening: Any, depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        event = self._next_event()
        while type(event) is not MappingEndEvent:
            index = event.start_mark.index
            key = self._key(event, depth)
            value = self._node(self._next_event(), depth)
            if key.text in pairs:
                self._refuse_twice(index, key, pairs[key.text][0])
            pairs.setdefault(key.text, (key, value))
            event = self._next_event()
        where = self._source.where(opening.start_mark.index)
        return Mapping(tuple(pairs.values()), where)

    def _key(self, event: Any, depth: int) -> Scalar:
        index = event.start_mark.index
        if type(event) is not ScalarEvent:
            hint = "a field name is one text; put it in quotes if it starts with [, { or *"
            self._source.refuse(index, "a list, mapping or alias as a field name", hint)
            skip_node(self._next_event, event, depth)
            return Scalar("", self._source.where(index))
        refuse_extras(self._source, event)
        if event.value == "<<":
            message = 'merge keys, "<<", are not used here'
            self._source.refuse(index, message, "write out the fields")
        elif len(event.value) > MAX_KEY:
            message = "a field name is longer than 1,024 characters"
            self._source.refuse(index, message, "use a shorter name")
        return Scalar(event.value, self._source.where(index))

    def _refuse_twice(self, index: int, key: Scalar, before: Scalar) -> None:
        lines = f"{before.where.line} and {key.where.line}"
        self._source.refuse(index, f'"{key.text}" stands twice, in lines {lines}', _ONE)


def _is_nothing(event: Any) -> bool:
    """True for what stands in a document without content."""
    return type(event) is ScalarEvent and not (event.value or event.style or event.tag)

"""The rules of the user's own for the prospect list, as queries for the index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from leadctl.cli import terminal
from leadctl.errors import DataError, RequestError
from leadctl.fields import Schema
from leadctl.query.sql import Query
from leadctl.stages import Stages


def queries_of_rules(
    stages: Stages, schema: Schema, day: date, *, is_strict: bool = False, is_told: bool = True
) -> Mapping[str, Query]:
    """What each rule asks on *day*, by its name; one that cannot be parsed is told and left out.

    Raises:
        DataError: there is such a one, and the user is strict.
    """
    from leadctl.query.language import parse_query

    found = {}
    for rule in stages.criteria.rules:
        try:
            found[rule.name] = parse_query(rule.where, schema=schema, stages=stages, today=day)
        except RequestError as error:
            message = f"the rule {rule.name} in stages.yaml does not count: {error.message}"
            if is_strict:
                raise DataError(message, hint="leadctl stages check") from error
            if is_told:
                terminal.talk(f"leadctl: warning: {message}; `leadctl stages check` tells more")
    return found

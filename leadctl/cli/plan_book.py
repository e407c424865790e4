"""The action plans of a book: its files read, by the statuses of its stages.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from leadctl.errors import DataError
from leadctl.planning.action_plans import ActionPlan, find_plan
from leadctl.planning.action_plans_reading import read_plan
from leadctl.problems import Problem
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.plan_files import read_plan_files


@dataclass(frozen=True, slots=True)
class BookPlans:
    """The plans of a book by their names, and what is wrong with them."""

    plans: tuple[ActionPlan, ...]
    problems: tuple[Problem, ...]
    #: Of all files, those included that cannot be used; an empty one if the folder cannot be read.
    names: tuple[str, ...]


def read_book_plans(book: Book, stages: Stages) -> BookPlans:
    """All plans of *book*; one with a mistake is left out and reported."""
    plans: list[ActionPlan] = []
    problems: list[Problem] = []
    names: list[str] = []
    for file in read_plan_files(book):
        names.append(file.name)
        problems += file.problems
        if file.problems:
            continue
        plan, found = read_plan(file.tree, file.name, file.where, stages)
        problems += found
        plans += [plan] if plan else []
    return BookPlans(tuple(plans), tuple(problems), tuple(names))


def sound_plan(book: Book, stages: Stages, name: str) -> ActionPlan:
    """The plan *name* of *book*.

    Raises:
        RequestError: there is none.
        DataError: it has mistakes.
    """
    read = read_book_plans(book, stages)
    if name in read.names and name not in {plan.name for plan in read.plans}:
        path = f"plans/{name}.y"
        mine = [each for each in read.problems if each.where.path.startswith(path)]
        message = f"plan {name} cannot be used"
        raise DataError(message, problems=book.with_excerpts(mine))
    return find_plan(read.plans, name)

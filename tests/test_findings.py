from leadctl.findings import Finding, findings
from leadctl.problems import Problem, Where


def problem(line: int, message: str, hint: str = "", *, is_warning: bool = False) -> Problem:
    where = Where("contacts.yaml", line)
    return Problem(where, message, hint, check="dates", is_warning=is_warning)


def test_a_few_problems_stay_in_their_order() -> None:
    few = (
        problem(1, 'no date "x"'),
        problem(2, "a blank too many", is_warning=True),
        problem(3, 'no date "y"'),
    )

    assert findings(few) == [Finding(few)]
    assert findings(()) == []


def test_of_many_of_a_kind_the_first_three_are_shown() -> None:
    many = [problem(line, f'created: no date "2026-13-{line}"') for line in range(1, 21)]

    assert findings(many) == [Finding(tuple(many[:3]), 17)]


def test_what_is_alone_is_not_hidden_by_a_thousand_others() -> None:
    many = [problem(line, f'odd character in "{line}"', is_warning=True) for line in range(1000)]
    alone = problem(700, "nobody has this id")

    first, second = findings([*many, alone])

    assert first == Finding((alone,))
    assert (len(second.shown), second.more) == (3, 997)


def test_a_hint_that_is_the_same_is_given_once() -> None:
    many = [problem(line, f'no status "{line}"', "write Engage") for line in range(9)]

    (found,) = findings(many)

    assert [each.hint for each in found.shown] == ["write Engage", "", ""]

"""The arrows between the rooms, the purity of the core, and that every thing says what it is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "leadctl"
MODULES = sorted(PACKAGE.rglob("*.py"))
EDGES = {"store", "index", "render", "exchange", "cli"}
#: Folders that belong to the core: too much of one topic for one file.
PURE = {"query", "importing", "checks", "prospecting", "planning", "messages"}
#: What would let the core see files, the clock, the terminal or a format.
IMPURE = {"os", "sys", "io", "pathlib", "shutil", "time", "random", "secrets", "subprocess"} | {
    "typer", "sqlite3", "yaml", "tabulate", "ruamel", "csv", "tempfile", "socket", "logging",
}  # fmt: skip


def room(path: Path) -> str:
    """The folder of a module; none for what belongs to the core."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 and inside.parts[0] not in PURE else ""


CORE = [path for path in MODULES if not room(path) and not path.name.startswith("__")]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The full name of every module that *path* imports, wherever the import stands."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    found = (name.split(".") for name in imported(path))
    return {parts[1] for parts in found if parts[0] == "leadctl" and len(parts) > 1}


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def offenders(
    paths: Iterable[Path], wrong: Callable[[Path], Iterable[str]]
) -> dict[str, list[str]]:
    """What is *wrong* in each of *paths*, without those where nothing is."""
    found = {name_of(path): sorted(wrong(path)) for path in paths}
    return {name: things for name, things in found.items() if things}


def called(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}


def test_there_is_a_core_and_every_edge() -> None:
    assert len(CORE) > 20
    assert {room(path) for path in MODULES} >= EDGES


def test_the_core_knows_no_edge() -> None:
    assert offenders(CORE, lambda path: rooms_imported(path) & (EDGES | {"reports"})) == {}


def test_nobody_knows_the_command_line() -> None:
    others = [path for path in MODULES if room(path) != "cli" and path.name != "__main__.py"]

    assert offenders(others, lambda path: rooms_imported(path) & {"cli"}) == {}


def test_the_edges_do_not_know_each_other() -> None:
    edges = [path for path in MODULES if room(path) in EDGES - {"cli"}]

    assert offenders(edges, lambda path: rooms_imported(path) & (EDGES - {room(path)})) == {}


def test_a_report_knows_no_edge_but_the_index() -> None:
    reports = [path for path in MODULES if room(path) == "reports"]

    assert offenders(reports, lambda path: rooms_imported(path) & (EDGES - {"index"})) == {}


def test_the_core_loads_nothing_that_sees_the_world() -> None:
    assert (
        offenders(CORE, lambda path: {name.split(".")[0] for name in imported(path)} & IMPURE) == {}
    )


def test_the_core_opens_prints_and_asks_nothing() -> None:
    assert offenders(CORE, lambda path: called(path) & {"open", "print", "input", "exit"}) == {}


def test_only_the_command_line_prints() -> None:
    others = [path for path in MODULES if room(path) != "cli"]
    prints = {"print", "input", "sys.stdout.write", "sys.stderr.write", "typer.echo"}

    assert offenders(others, lambda path: called(path) & prints) == {}


def test_there_is_one_clock() -> None:
    clocks = ("date.today", "datetime.now", "datetime.today", "datetime.utcnow")
    asking = offenders(
        MODULES, lambda path: [name for name in called(path) if name.endswith(clocks)]
    )

    assert asking == {"cli/clock.py": ["datetime.now"]}


def test_a_module_stays_readable_in_one_sitting() -> None:
    lengths = {name_of(path): len(path.read_bytes().splitlines()) for path in MODULES}

    assert {name: length for name, length in lengths.items() if length > 300} == {}


def public(node: ast.AST, within: str = "") -> Iterator[tuple[str, str]]:
    """Name and docstring of public functions, classes and their public methods."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            name = f"{within}{child.name}"
            yield name, ast.get_docstring(child) or ""
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{name}.")


def test_every_module_and_every_public_thing_says_what_it_is() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(parsed(path))] == []
    assert (
        offenders(MODULES, lambda path: [n for n, text in public(parsed(path)) if not text]) == {}
    )


def test_every_docstring_opens_with_one_whole_sentence() -> None:
    def broken(path: Path) -> list[str]:
        texts = [("module", ast.get_docstring(parsed(path)) or ""), *public(parsed(path))]
        return [name for name, text in texts if not text.split("\n")[0].endswith(".")]

    assert offenders(MODULES, broken) == {}

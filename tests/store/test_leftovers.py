"""Second versions of files, told by the names that programs give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadctl.store.folders import YamlFolder
from leadctl.store.leftovers import first_version, leftover_problems


@pytest.mark.parametrize(
    "name",
    [
        "ada (Marta's conflicted copy 2026-11-22).yaml",
        "ada (conflicted copy 2026-11-22 093001).yaml",
        "ada.sync-conflict-20261122-093001-ABCDEFG.yaml",
        "ada_conflict-20261122-093001.yaml",
        "ada 2.yaml",
        "ada (1).yaml",
        "ada-MARTAS-PC.yaml",
        "ada_LOCAL_4711.yaml",
        "ada.yaml.orig",
        "ada.yaml.rej",
    ],
)
def test_a_second_version_tells_the_name_of_the_first(name: str) -> None:
    assert first_version(name) == "ada.yaml"


@pytest.mark.parametrize(
    "name", ["ada.yaml", "ada-2.yaml", "ada-lovelace.yaml", "2.yaml", ".gitkeep"]
)
def test_the_file_of_a_contact_is_no_second_version(name: str) -> None:
    assert first_version(name) == ""


def test_second_versions_are_told_and_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "contacts"
    folder.mkdir()
    for name in ("ada.yaml", "ada 2.yaml"):
        (folder / name).write_text("name: Ada\n")
    (problem,) = leftover_problems(tmp_path, (tmp_path, folder))

    assert [path.name for path in YamlFolder(folder).paths()] == ["ada.yaml"]
    assert problem.message == (
        '"contacts/ada 2.yaml" looks like a second version of "contacts/ada.yaml"; it is not read'
    )
    assert (problem.where.path, problem.check) == ("contacts/ada 2.yaml", "conflicts")


def test_other_files_beside_the_book_are_none_of_its_business(tmp_path: Path) -> None:
    (tmp_path / "photos 2.csv").write_text("")
    (tmp_path / "contacts 2.csv").write_text("")

    assert [each.where.path for each in leftover_problems(tmp_path, (tmp_path,))] == [
        "contacts 2.csv"
    ]

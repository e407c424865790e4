"""Every reading command looks as it did when somebody last looked at it: see tests/golden.py."""

from pathlib import Path

import pytest

from tests.golden import FOLDER, PAGES, Page, make_books, shown, surrounded


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    make_books(folder)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_prints_what_it_should(page: Page, books: Path) -> None:
    with surrounded(books / "private", has_colours=page.has_colours):
        text = shown(page, books)

    assert text == page.path.read_text(encoding="utf-8"), "python tests/golden.py renews it"


def test_there_is_a_golden_output_for_each_page_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {page.path.name for page in PAGES}

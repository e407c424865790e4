"""What the looks of files tell, and when they must not be believed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from leadctl.store.looks import Found, Looks, changed_files, is_as_kept, look_at, retold

#: Long enough ago to be believed.
OLD = 1_700_000_000_123_456_789


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


class Folder:
    """Files that are changed from outside."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, name: str, text: str = "old", *, changed: int = OLD) -> Found:
        path = self.path / name.replace("\n", "-")
        path.write_text(text)
        os.utime(path, ns=(changed, changed))
        return name, path.stat()


def kept(*files: Found) -> bytes:
    return look_at(files).kept("head")


def test_a_rewritten_file_of_the_same_size_and_time_looks_otherwise(folder: Folder) -> None:
    before = kept(folder.file("a", "old"))
    time.sleep(0.02)

    assert changed_files(before, kept(folder.file("a", "new"))) == frozenset({"a"})


def test_old_files_look_the_same_twice(folder: Folder) -> None:
    files = [folder.file("a"), folder.file("b")]

    assert kept(*files) == kept(*files)
    assert not look_at(files).has_younger(10**9)


def test_a_young_file_never_looks_the_same_twice(folder: Folder) -> None:
    young = folder.file("a", changed=time.time_ns())
    one, other = (kept(young, folder.file("b")) for _ in range(2))

    assert one != other
    assert "a" in (changed_files(one, other) or ())
    assert look_at([young]).has_younger(10**9)


def test_a_file_without_fractions_of_a_second_is_young_for_longer(folder: Folder) -> None:
    second = (time.time_ns() // 10**9 - 1) * 10**9
    coarse, fine = folder.file("a", changed=second), folder.file("b", changed=second + 1)

    assert kept(coarse) != kept(coarse)
    assert kept(fine) == kept(fine)


def test_a_promised_file_never_looks_the_same_twice() -> None:
    one, other = (look_at([]).kept("head", ["a"]) for _ in range(2))

    assert changed_files(one, other) == frozenset({"a"})


def test_files_that_came_went_or_changed_are_told_by_name(folder: Folder) -> None:
    same = folder.file("same")
    before = kept(same, folder.file("gone"), folder.file("changed\nname"))
    after = kept(folder.file("new"), folder.file("changed\nname", "longer"), same)

    assert changed_files(before, after) == frozenset({"gone", "new", "changed\nname"})


def test_the_order_of_the_disk_is_no_change(folder: Folder) -> None:
    one, other = folder.file("a"), folder.file("b")

    assert changed_files(kept(one, other), kept(other, one)) == frozenset()


def test_another_head_or_another_text_tells_nothing() -> None:
    nothing = Looks("", ())

    assert changed_files(nothing.kept("one"), nothing.kept("other")) is None
    assert changed_files(b"head\nsomething else", b"head") is None


def test_told_once_more_only_the_named_files_look_otherwise(folder: Folder) -> None:
    others = [folder.file("b\tc"), folder.file("d")]
    before = kept(folder.file("a"), *others, folder.file("gone\n"))
    now = folder.file("a", "longer")
    after = retold(before, ["a", "gone\n"], look_at([now]))

    assert after == kept(now, *others)
    assert changed_files(before, after) == frozenset({"a", "gone\n"})


def test_where_a_new_file_would_be_found_is_not_known(folder: Folder) -> None:
    assert retold(kept(folder.file("a")), ["b"], look_at([folder.file("b")])) == b""


def test_told_once_more_what_was_not_sure_stays_so(folder: Folder) -> None:
    young = folder.file("other", changed=time.time_ns())
    before = kept(young, folder.file("a"))
    now = folder.file("a", "longer")

    assert changed_files(retold(before, ["a"], look_at([now])), kept(now, young)) == frozenset(
        {"other"}
    )


def test_what_looks_as_before_can_be_relied_on_if_it_was_not_young(folder: Folder) -> None:
    old, young = folder.file("a"), folder.file("b", changed=time.time_ns())
    before = kept(old, young)

    assert is_as_kept(before, *old)
    assert not is_as_kept(before, *young)
    assert not is_as_kept(before, *folder.file("a", "longer"))
    assert not is_as_kept(before, *folder.file("c"))

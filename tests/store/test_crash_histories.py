from __future__ import annotations

from itertools import islice

import pytest

from tests.store.crash_histories import states
from tests.store.model_disk import ModelDisk


@pytest.mark.slow
def test_changes_in_a_row_survive_a_crash_at_any_moment() -> None:
    found = [is_good for seed in range(100, 112) for is_good in islice(states(seed), 1000)]

    assert len(found) > 5000
    assert all(found)


@pytest.mark.parametrize("call", ["flush", "flush_folder"])
def test_the_search_finds_what_a_disk_that_flushes_nothing_breaks(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ModelDisk, call, ModelDisk._step_only)
    found = [is_good for seed in range(100, 108) for is_good in islice(states(seed), 300)]

    assert not all(found)

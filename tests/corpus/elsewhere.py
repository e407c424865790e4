"""Rows of the corpus that no single command on a small book can show."""

from __future__ import annotations

from collections.abc import Mapping

_CRASH = "tests/store/test_crash_states.py"
_IN_BETWEEN = "tests/store/test_editor_in_between.py"
_TORTURE = "tests/torture/test_the_torture_bites.py"
#: Row → the test that shows it: what needs kills, disks, editors or much data.
ELSEWHERE: Mapping[str, str] = {
    "F1": f"{_CRASH}::test_whatever_a_crash_leaves_the_book_is_as_before_or_as_after",
    "F2": "tests/store/test_locking.py::test_ctrl_c_waits_until_a_change_is_done",
    "F3": "tests/store/test_writing.py::test_nothing_is_left_of_a_change_that_the_disk_refuses",
    "F4": "tests/cli/test_editors_beside.py::"
    "test_what_the_disk_refuses_after_the_promise_is_said_to_be_saved",
    "F5": f"{_TORTURE}::test_the_right_one_passes",
    "F6": "tests/cli/test_careless_hands.py::"
    "test_a_change_that_cannot_be_made_leaves_nothing_in_the_journal",
    "F9": "tests/store/test_disk.py::test_a_new_text_has_the_rights_of_the_old_one",
    "F10": "tests/torture/test_planted_and_held.py::test_a_link_that_is_planted_leads_nowhere",
    "F12": "tests/cli/test_at_the_same_time.py::"
    "test_writers_that_wait_for_each_other_lose_and_confuse_nothing",
    "F13": "tests/store/test_locking.py::test_a_stopped_holder_is_named_too",
    "F14": f"{_IN_BETWEEN}::test_a_save_in_between_is_kept_and_the_rest_is_all_or_nothing",
    "F15": "tests/cli/test_missing_contacts.py::"
    "test_an_editor_that_empties_a_file_before_it_fills_it_is_waited_for",
    "F19": f"{_IN_BETWEEN}::test_it_is_kept_too_if_the_writer_is_killed_after_it",
    "F22": "tests/store/test_recovery.py::"
    "test_an_intent_of_another_machine_is_put_aside_if_files_have_changed",
    "F23": "tests/store/test_disk.py::test_two_files_swap_their_names",
    "F24": "tests/cli/test_closed_streams.py::test_a_closed_output_is_an_error_of_a_read",
    "F27": f"{_CRASH}::test_power_may_go_again_and_again_during_the_recovery",
    "F28": "tests/store/test_recovery.py::test_a_full_disk_during_the_recovery_leaves_it_for_later",
    "F29": f"{_CRASH}::test_who_reads_before_the_recovery_sees_what_it_will_make",
    "X4": "tests/cli/test_completion_in_shells.py::test_nothing_out_of_a_hostile_book_is_run",
    "X14": "tests/cli/test_file_modes.py::test_files_are_0600_and_folders_0700",
}
#: Row → why there is nothing to show yet.
NOT_YET: Mapping[str, str] = {
    "S4": "leadctl sends no mail, so its settings hold no password",
    "S5": "no setting of leadctl names a command that it would run",
    "F21": "a network file system is not told from another; docs/explanation/safety.md warns",
    "X7": "there is no HTML output",
    "X8": "there are no vCard and iCalendar files",
    "X9": "no mail is written or sent",
    "X10": "there are no templates",
}

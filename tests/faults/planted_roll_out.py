"""Faults of the policy and of updates, planted like those of the store."""

from tests.faults.planted_list import Fault

UPDATES, POLICIES = "tests/faults/test_updates.py::", "tests/operations/test_policies.py::"
NOTICES = UPDATES + "test_U8_each_notice_that_is_not_the_next_version_of_our_it_is_refused_with_its_reason"
CLOSED = POLICIES + "test_what_the_policy_closes_does_not_leave"
OFFER, UPDATING, STAGING = "operations/update_offer.py", "operations/updating.py", "operations/staging.py"

FAULTS = (
    Fault("a signature is not looked at", ((OFFER, "        check_signature(content_hash(content), signature, key)\n", ""),), (NOTICES,)),
    Fault("an update never goes out of date", ((OFFER, "if today > release.expires:", "if False:"),), (NOTICES,)),
    Fault("the sum of a package is not compared", ((OFFER, '"sha256").hexdigest() != release.sha256', '"sha256") is None'),), (NOTICES,)),
    Fault("any system takes any package", ((OFFER, "if release.platform != platform_name():", "if False:"),), (NOTICES,)),
    Fault("no version is remembered", ((OFFER, "        remember_seen(release.version)\n", ""),),
          (UPDATES + "test_U8_a_version_that_was_seen_once_is_the_lowest_that_is_taken",)),
    Fault("a new version is not tried", ((STAGING, "        _try(new, offer.release.version, lambda: progress(2, 3))\n", ""),),
          (UPDATES + "test_a_version_that_does_not_work_here_is_not_put_in_place",)),
    Fault("what is unpacked is not what was compared", ((STAGING, "    if summed.hexdigest() != offer.release.sha256:", "    if False:"),),
          (UPDATES + "test_U8_a_package_that_is_swapped_after_it_was_checked_is_not_unpacked",)),
    Fault("an update goes on after a lock", ((STAGING, "            if not go_on() or ticks() > end:", "            if ticks() > end:"),),
          (UPDATES + "test_a_trial_is_ended_with_all_that_it_started_when_somebody_locks",)),
    Fault("an old program that lies on the side is swept", ((STAGING, "                _settle(left, program)\n", "                pass\n"),),
          (UPDATES + "test_ended_in_the_middle_a_whole_program_is_in_place_and_the_old_one_is_not_lost[rename]",)),
    Fault("what could not be kept is exchanged all the same", ((UPDATING, "                exchange(staged.folder, staged.program)\n                raise\n", "                raise\n"),),
          (UPDATES + "test_where_the_old_program_cannot_be_kept_nothing_is_exchanged",)),
    Fault("open programs do not count", (("operations/running.py", "            count += _held(path)", "            _held(path)"),),
          (UPDATES + "test_U9_nothing_is_replaced_while_the_program_is_open",)),
    Fault("a crash counts as a running program for ever", (("operations/running.py", "        return error.errno in _HELD\n    return False", "        return error.errno in _HELD\n    return True"),),
          (UPDATES + "test_U9_a_program_that_crashed_does_not_count",)),
    Fault("the old program is removed before the new one is there", ((UPDATING, "            exchange(staged.folder, staged.program)\n            try:",
          "            __import__('shutil').rmtree(staged.program)\n            exchange(staged.folder, staged.program)\n            try:"),),
          (UPDATES + "test_ended_in_the_middle_a_whole_program_is_in_place_and_the_old_one_is_not_lost[exchange]",)),
    Fault("a broken policy opens every way out", (("domain/policy.py", "return not self.problems and (", "return ("),),
          ("tests/domain/test_policy.py::test_a_wrong_line_is_named_and_closes_every_way_out[office.name- ]",)),
    Fault("a journey leaves whatever the policy says", (("operations/travel.py", "    check_way(workspace, JOURNEY)\n", ""),), (CLOSED,)),
    Fault("many prints leave whatever the policy says", (("operations/printing.py", "    check_way(workspace, PLAIN)\n", ""),), (CLOSED,)),
    Fault("a table leaves whatever the policy says", (("operations/registers.py", "    check_way(workspace, TABLE)\n", ""),), (CLOSED,)),
    Fault("a new store forgets the escrow", (("operations/founding.py", "if policy.escrow and", "if False and"),),
          (POLICIES + "test_a_new_store_takes_pack_and_escrow_from_the_policy",)),
    Fault("a trial changes the store itself", (("operations/upgrading.py", 'Store.open(copied(place.database, side), keys.database)', "Store.open(place.database, keys.database)"),),
          ("tests/cli/test_upgrade.py::test_a_store_is_tried_on_a_copy_and_then_brought_over",)),
)  # fmt: skip

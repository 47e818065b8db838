"""Faults of time and text, planted: what the clock of a computer and the letters of a name do."""

from tests.mutations.mutation import Fault, Mutation

CLOCK = "tests/faults/test_clock.py::"
TEXT = "tests/faults/test_text.py::"
HIDDEN = TEXT + "test_T9_what_nobody_can_see_is_not_stored_and_hides_no_name"

NUMBERS = "tests/domain/test_numbers.py::"

FAULTS = (
    Fault(
        "a situation that no group names is not offered",
        (Mutation("domain/procedure/pack.py", "Pack.grouped", "((('', rest),) if rest else ())", "()"),),
        ("tests/test_packs.py::test_every_entry_of_a_list_stands_under_one_heading_and_what_has_none_comes_last",),
    ),
    Fault(
        "what has its turn later is red like what is held up",
        (Mutation("domain/procedure/steps.py", "StepView.look", "self.later", "False"),),
        (
            "tests/ui/test_step_looks.py::test_grey_is_later_and_red_is_held_up",
            "tests/domain/test_procedure.py::test_what_only_has_its_turn_later_is_not_drawn_as_what_is_held_up",
        ),
    ),
    Fault(
        "a list that pops up is as high as the room, and its last row is cut",
        (
            Mutation(
                "ui/widgets/controls.py",
                "Choice.showPopup",
                "popup.setGeometry(placed(QSize(popup.width(), rows * height + frame), self, room))",
                "pass",
            ),
        ),
        ("tests/ui/test_popups.py::test_every_row_of_a_list_that_pops_up_is_seen_whole[0.5-60-1.0]",),
    ),
    Fault(
        "a personal number is looked at only where its type was chosen",
        (
            Mutation(
                "domain/people/personal_number.py", "number_problem", "scheme == 'other'", "scheme in ('', 'other')"
            ),
        ),
        (NUMBERS + "test_what_looks_wrong_is_said[-1506985600011-1985-06-15-check digit]",),
    ),
    Fault(
        "the letters of an Albanian number are read by their code",
        (Mutation("domain/people/personal_number.py", "plain", "_LOOK_ALIKE", "{}"),),
        (NUMBERS + "test_cyrillic_and_wide_letters_of_an_albanian_number_are_read",),
    ),
    Fault(
        "a wrong personal number is not told where cases are added",
        (Mutation("domain/case/case_checks.py", "all_problems_in_case", "_of_number(person)", "None"),),
        ("tests/cli/test_case_add.py::test_a_personal_number_that_looks_wrong_is_told_and_refuses_nothing[trying0]",),
    ),
    Fault(
        "the clock of the journal follows the computer's back",
        (
            Mutation(
                "store/journal/journal.py",
                "Journal.next_clock",
                "max(hybrid(now), (row[0] if row and row[0] else 0) + 1)",
                "hybrid(now)",
            ),
        ),
        (CLOCK + "test_T2_a_clock_that_jumps_leaves_the_order_of_the_entries",),
    ),
    Fault(
        "a clock that is behind is not said",
        (Mutation("operations/store/opening.py", "clock_problem", "300", "10**12"),),
        (CLOCK + "test_T1_a_clock_that_is_behind_is_said_and_stops_nobody",),
    ),
    Fault(
        "edits are settled by the clock",
        (
            Mutation(
                "store/journal/projection.py",
                "Projection._update",
                "[] if seen_all else [pair for pair in current if pair[0] not in known and _plain(pair[1]) != _plain(value)]",
                "[] if heads else [pair for pair in current if pair[0] not in known and _plain(pair[1]) != _plain(value)]",
            ),
        ),
        (
            CLOCK + "test_T1_whatever_the_clock_says_edits_meet_by_what_was_seen[400 days back]",
            CLOCK + "test_T1_whatever_the_clock_says_edits_meet_by_what_was_seen[10 years ahead]",
        ),
    ),
    Fault(
        "nobody is locked out after a while",
        (
            Mutation(
                "ui/system/idle_lock.py",
                "IdleLock._begin",
                "self._timer.start(self._until_look(self._length))",
                "self._timer.setInterval(self._length)",
            ),
        ),
        (CLOCK + "test_T2_the_idle_lock_goes_by_no_clock_that_can_jump",),
    ),
    Fault(
        "an estimated date of birth travels as a sure one",
        (
            Mutation(
                "operations/imports/case_document.py",
                "_content",
                "list(value) if isinstance(value, tuple) else value",
                "list(value) if isinstance(value, tuple) else str(value).strip('~')",
            ),
        ),
        (CLOCK + "test_T4_a_day_of_birth_is_the_same_day_in_every_time_zone",),
    ),
    Fault(
        "letters composed in two ways are two letters for the search",
        (
            Mutation(
                "domain/people/name_keys.py",
                "words",
                'unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))',
                "text",
            ),
        ),
        ("tests/domain/test_names.py::test_it_does_not_matter_how_the_letters_are_composed",),
    ),
    Fault(
        "names are stored as the keyboard composed them",
        (
            Mutation(
                "domain/records/rules.py",
                "_letters",
                'value if value.isascii() else unicodedata.normalize("NFC", value)',
                "value",
            ),
        ),
        (TEXT + "test_T9_any_text_is_stored_plain_or_refused",),
    ),
    Fault(
        "one spelling does not find the other",
        (
            Mutation(
                "domain/people/name_keys.py",
                "keys",
                "(plain_key(word), sound_key(word), sound_key(word, given=True))",
                "(plain_key(word),)",
            ),
        ),
        (TEXT + "test_T8_three_hundred_pairs_of_spellings_find_each_other_both_ways",),
    ),
    Fault(
        "a soft hyphen stays in a name",
        (
            Mutation(
                "domain/records/rules.py",
                "",
                "{0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}",
                "{0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}",
            ),
        ),
        (HIDDEN + "[soft hyphen]",),
    ),
    Fault(
        "a line can be turned around",
        (
            Mutation(
                "domain/records/rules.py",
                "",
                "{0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}",
                "{0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x2060, 0x2070), 0xFEFF}",
            ),
        ),
        (HIDDEN + "[right-to-left override]", TEXT + "test_T9_any_text_is_stored_plain_or_refused"),
    ),
    Fault(
        "half a letter is stored",
        (Mutation("domain/records/rules.py", "_letters", '("Cc", "Cs")', '("Cc",)'),),
        (HIDDEN + "[lone surrogate]", TEXT + "test_T9_any_text_can_be_printed"),
    ),
    Fault(
        "a joiner cuts a name in two",
        (Mutation("domain/people/name_keys.py", "", '{chr(letter): "" for letter in _UNSEEN}', "{}"),),
        (TEXT + "test_T9_joiners_that_some_scripts_need_stay_and_hide_no_name", HIDDEN + "[word joiner]"),
    ),
    Fault(
        "what a font marks as missing counts as a letter",
        (Mutation("pdf/font.py", "Face.has", "bool(self._glyphs.get(ord(letter)))", "ord(letter) in self._glyphs"),),
        (TEXT + "test_T9_what_can_be_seen_stays_as_it_was_typed_and_shows_on_paper[not a character]",),
    ),
)

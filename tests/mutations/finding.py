"""Faults of finding, planted: numbers that are found no more, and people who are denied."""

from tests.mutations.mutation import Fault, Mutation

NUMBERS = "tests/domain/test_number_keys.py::"
PHONES = "tests/domain/test_phones.py::"
HERE = "tests/operations/test_already_here.py::"
SPELLED = "tests/operations/test_name_spellings.py::"
STORE = "tests/store/test_search_numbers.py::"
BOX = "tests/ui/test_search_box.py::"

FAULTS = (
    Fault(
        "a number is not found by its end",
        (Mutation("domain/people/number_keys.py", "_from_the_end", "range(1, len(parts) + 1)", "range(1, 1)"),),
        (NUMBERS + "test_numbers_as_they_are_printed_and_as_people_type_them",),
    ),
    Fault(
        "a number is found from its first sign on only",
        (
            Mutation(
                "domain/people/number_keys.py", "_from_every_part", "range(min(len(parts), _MOST_PARTS))", "range(min(1, len(parts)))"
            ),
        ),
        (NUMBERS + "test_every_number_is_found_from_each_of_its_parts_and_from_its_end",),
    ),
    Fault(
        "a Cyrillic letter is never read as its Latin twin",
        (Mutation("domain/people/number_keys.py", "readings", "(sounded, seen)", "(sounded, sounded)"),),
        (NUMBERS + "test_a_number_is_found_whichever_keyboard_wrote_its_letters",),
    ),
    Fault(
        "only the first telephone of a field is read",
        (Mutation("domain/people/phones.py", "phones", "_PARTED.split(plain_figures(text))", "_PARTED.split(plain_figures(text))[:1]"),),
        (PHONES + "test_a_field_is_as_many_numbers_as_stand_in_it",),
    ),
    Fault(
        "a number without a plus is read in its country",
        (Mutation("domain/people/phones.py", "guesses", "(whole := _known(phone.digits)) is not None", "(whole := None) is not None"),),
        (PHONES + "test_a_number_without_its_plus_is_asked_about_and_not_read_as_another_one",),
    ),
    Fault(
        "the same figures in another country are found",
        (Mutation("domain/people/number_keys.py", "phone_words", "len(phone.digits) if phone.code else 0", "0"),),
        (NUMBERS + "test_a_number_of_another_country_is_not_found_by_its_whole_form",),
    ),
    Fault(
        "the newest namesakes hide the one of the same year",
        (Mutation("operations/cases/search.py", "likely_people", "-pair[0].weight", "0"),),
        (HERE + "test_the_year_orders_and_sixty_namesakes_hide_nobody",),
    ),
    Fault(
        "nobody reads by which name somebody was found",
        (Mutation("operations/cases/search.py", "_likely", "asked.found_by(one.person, one.papers)", "None"),),
        ("tests/ui/test_already_here.py::test_a_line_says_by_which_further_name_somebody_was_found",),
    ),
    Fault(
        "who was typed twice stays in the case beside whom it was",
        (Mutation("operations/cases/cases.py", "add_known_member", "typed is not None", "typed is None"),),
        (HERE + "test_somebody_of_the_store_is_added_to_a_case_and_what_was_typed_twice_goes",),
    ),
    Fault(
        "an upgrade leaves the search empty",
        (Mutation("store/engine/opening.py", "migrate", "version and after is not None", "not version and after is not None"),),
        ("tests/store/test_golden_stores.py::test_a_store_of_this_version_opens_with_all_that_was_in_it",),
    ),
    Fault(
        "a date of birth is no word",
        (Mutation("domain/people/number_keys.py", "date_words", "(born := stored(text)) is not None", "(born := stored('')) is not None"),),
        (STORE + "test_everything_is_found_in_its_case_and_in_no_other",),
    ),
    Fault(
        "what is near is shown as if it were exact",
        (Mutation("store/reading/search.py", "search", "None if why is Near.WORD and _own_words_typed(hit, text) > 1 else why", "None"),),
        (SPELLED + "test_what_is_near_is_shown_only_where_nothing_is_exact_and_says_why",),
    ),
    Fault(
        "a name that somebody has counts as a slip of the keyboard",
        (Mutation("store/reading/near_search.py", "_known", "bool(matching(connection, 'search_names', any_of(map(quoted, keys(word))), 1))", "False"),),
        (SPELLED + "test_a_name_that_somebody_has_is_no_slip",),
    ),
    Fault(
        "a name that is only near is enough to say that somebody is here",
        (Mutation("domain/people/likeness.py", "_named", "(weak and (born or fits > 1))", "weak"),),
        ("tests/domain/test_likeness.py::test_a_name_that_is_only_near_does_not_by_itself",),
    ),
    Fault(
        "a municipality does not speak for a name that is only near",
        (Mutation("domain/people/likeness.py", "_near_by", "bool(self.places)", "False"),),
        (SPELLED + "test_the_municipality_is_a_second_fact[Sulejman-Urosevac-True]",),
    ),
    Fault(
        "who was decided to be somebody else is shown beside the one who is typed",
        (Mutation("ui/case/people_tab.py", "_ask_whether_here", "self._decided_apart(made)", "()"),),
        ("tests/journeys/test_doubles.py::test_who_is_not_the_same_is_shown_no_more_beside_the_one_who_was_typed",),
    ),
    Fault(
        "a title is part of a name",
        (Mutation("domain/people/name_keys.py", "name_words", "kept or whole", "whole"),),
        ("tests/domain/test_near_names.py::test_titles_particles_and_stand_ins_are_no_part_of_a_name[Dr. Ana Hoti-left0]",),
    ),
    Fault(
        "fathers and mothers are in no search",
        (Mutation("domain/records/types/case_records.py", "", '(*NAMES_OF_PEOPLE, "father_name", "mother_name", "birth_place", "address_place")',
                  '(*NAMES_OF_PEOPLE, "birth_place", "address_place")'),),
        (SPELLED + "test_people_are_found_by_father_mother_and_place",),
    ),
    Fault(
        "every key looks for what is near",
        (Mutation("store/reading/search.py", "search", "not near", "False"),),
        (BOX + "test_a_key_looks_for_what_is_exact_and_a_pause_for_what_is_near",),
    ),
    Fault(
        "a pause looks for nothing more",
        (Mutation("ui/system/pause_timer.py", "__init__", "lambda: look(True)", "lambda: look(False)"),),
        (BOX + "test_a_key_looks_for_what_is_exact_and_a_pause_for_what_is_near",),
    ),
    Fault(
        "who was decided to be somebody else is proposed again",
        (Mutation("domain/case/doubles.py", "_decided", "return second.uid in first.many(APART) or first.uid in second.many(APART)", "return False"),),
        ("tests/operations/test_apart.py::test_who_is_not_the_same_is_proposed_no_more_from_either_side",),
    ),
)  # fmt: skip

"""Faults of finding, planted: numbers that are found no more, and people who are denied."""

from tests.mutations.mutation import Fault, Mutation

NUMBERS = "tests/domain/test_number_keys.py::"
PHONES = "tests/domain/test_phones.py::"
HERE = "tests/operations/test_already_here.py::"
STORE = "tests/store/test_search_numbers.py::"

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
)  # fmt: skip

"""Faults of countries and languages, planted: a guess, a lost mark, a state that is gone taken for one of today."""

from tests.mutations.mutation import Fault, Mutation

COUNTRY = "tests/domain/test_country.py::"
LANGUAGE = "tests/domain/test_languages.py::"
WINDOW = "tests/ui/test_found_editors.py::"

FAULTS = (
    Fault(
        "a name that fits two countries leads to the first",
        (Mutation("domain/people/name_tables.py", "codes", "shared.add(name)", "pass"),),
        (LANGUAGE + "test_a_name_leads_to_its_code_or_to_none[de]",),
    ),
    Fault(
        "a name that people share leads to one country",
        (Mutation("domain/people/name_tables.py", "codes", 'set(typed["shared"][kind])', "set()"),),
        (COUNTRY + "test_what_fits_two_countries_or_none_leads_to_none[Congo]",),
    ),
    Fault(
        "Kosovo has its mark only where the table has it",
        (Mutation("domain/people/name_tables.py", "shown", "countries[KOSOVO].rstrip(MARK) + MARK", "countries[KOSOVO]"),),
        (COUNTRY + "test_kosovo_has_its_mark_also_where_a_table_lost_it",),
    ),
    Fault(
        "accents count in a name of a country",
        (Mutation("domain/people/name_tables.py", "folded", "[plain_key(word) for word in words(name)]", "words(name)"),),
        (COUNTRY + "test_own_names_and_older_names_lead_to_the_code",),
    ),
    Fault(
        "an error that names Kosovo carries no note",
        (Mutation("language.py", "Language.error", "KOSOVO in item", "False"),),
        (COUNTRY + "test_a_state_that_is_gone_leads_to_a_question",),
    ),
    Fault(
        "a state that is gone is looked for among those of today",
        (Mutation("domain/records/rules.py", "_no_country", "former_state(text)", "None"),),
        (COUNTRY + "test_a_state_that_is_gone_leads_to_a_question",),
    ),
    Fault(
        "stateless is a country like any other",
        (Mutation("domain/records/rules.py", "_country", "field.stateless and (text.upper() == country.STATELESS or text.casefold() == country.STATELESS_NAME.casefold())",
                  "text.upper() == country.STATELESS or text.casefold() == country.STATELESS_NAME.casefold()"),),
        (COUNTRY + "test_stateless_is_no_country_and_only_a_citizenship",),
    ),
    Fault(
        "a language of the office gives way to one of ISO",
        (Mutation("domain/records/rules.py", "languages_of", "named.get(folded(value)) or languages.code_of(value) or value",
                  "languages.code_of(value) or value"),),
        (LANGUAGE + "test_what_is_written_of_a_language_is_read_again",),
    ),
    Fault(
        "two small letters are a country in the window",
        (Mutation("ui/forms/editors/found_editors.py", "_country_of", "len(text) > 3 or text.isupper()", "True"),),
        (WINDOW + "test_of_several_nobody_takes_one[se]",),
    ),
    Fault(
        "of several countries the first is taken",
        (Mutation("ui/forms/editors/finder.py", "Finder._only_of", "len(rows) == 1", "rows"),),
        (WINDOW + "test_of_several_nobody_takes_one[Austr]",),
    ),
    Fault(
        "Return takes the first letters and not the language that is marked",
        (Mutation("ui/forms/editors/finder.py", "Finder._on_return", "not self._suggestions.marked", "True"),),
        (WINDOW + "test_languages_are_added_beneath_the_usual_ones",),
    ),
)  # fmt: skip

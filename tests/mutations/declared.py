"""Faults of what follows from a declaration: search, lists, the parts of a case, documents, typed views."""

from tests.mutations.mutation import Fault, Mutation

DECLARED, MORE = "tests/domain/test_declared.py::", "tests/edges/test_one_more_type.py::"
ONE_MORE = MORE + "test_a_record_type_with_a_tab_takes_two_places_and_a_document_with_a_button_two"

FAULTS = (
    Fault(
        "a record type that says nothing of the search is not found",
        (
            Mutation(
                "domain/records/fields.py",
                "RecordType.__post_init__",
                "self.found is None and self.of_case and not self.not_found and not self.restricted",
                "False",
            ),
        ),
        (DECLARED + "test_a_type_is_found_or_says_why_not",),
    ),
    Fault(
        "a new record type does not go with a case as a document",
        (Mutation("operations/imports/case_document.py", "_document", "key != 'membership'", "key == 'paper'"),),
        (ONE_MORE,),
    ),
    Fault(
        "a document has no button where it is offered",
        (Mutation("ui/case/document_buttons.py", "document_buttons", "offered_at(tab)", "()"),),
        (ONE_MORE,),
    ),
    Fault(
        "a new record begins without what its type begins with",
        (Mutation("ui/case/record_tab.py", "RecordTab.begin", "kind.defaults.items()", "()"),),
        (ONE_MORE,),
    ),
    Fault(
        "a view reads a field that nobody declared",
        (
            Mutation(
                "domain/records/views.py",
                "View.__init_subclass__",
                "BY_KEY[of].has(key) and BY_KEY[of].field(key).kind in field.kinds",
                "True",
            ),
        ),
        (DECLARED + "test_a_view_names_only_what_its_type_declares",),
    ),
    Fault(
        "a key is read that no record type has",
        (Mutation("domain/case/case_file.py", "last_touched", "record.text('on')", "record.text('onn')"),),
        (DECLARED + "test_every_key_that_is_read_by_its_name_is_declared",),
    ),
)

"""Faults about places: the wrong one, one of several, one that is not found or printed."""

from tests.mutations.mutation import Fault, Mutation

VERBS = "tests/operations/test_places.py::"
WINDOW = "tests/ui/test_place_editor.py::"

FAULTS = (
    Fault(
        "Of several places with one name the first is stored",
        (Mutation("domain/places/gazetteer.py", "Gazetteer.sure", "len(found) != 1", "not found"),),
        (VERBS + "test_the_place_stands_beside_the_text_only_where_it_is_sure[Mitrovica-XK-]",),
    ),
    Fault(
        "A place of another country than the case's is stored",
        (Mutation("domain/places/placed.py", "_decided", "bool(own)", "False"),),
        (VERBS + "test_the_place_stands_beside_the_text_only_where_it_is_sure[Skadar-XK-]",),
    ),
    Fault(
        "A place that was chosen goes when its text is written otherwise",
        (Mutation("domain/places/placed.py", "_decided", "chosen and (same or chosen in _meant(places, text, own))", "False"),),
        (VERBS + "test_a_chosen_place_stays_while_the_text_may_mean_it_and_goes_with_it",),
    ),
    Fault(
        "Paper shows one official name where the law has two",
        (Mutation("domain/wording.py", "place_text", "paper", "False"),),
        (VERBS + "test_a_place_reads_in_the_language_of_the_window_and_on_paper_with_both_official_names[en-Ferizaj, Kosovo*]",),
    ),
    Fault(
        "What lies in a place is not found by it",
        (Mutation("domain/places/placed.py", "_words_of", "(uid, *places.ancestors(uid))", "(uid,)"),),
        (VERBS + "test_a_canton_finds_what_lies_in_it_and_not_its_neighbours",),
    ),
    Fault(
        "A copy keeps the place where its text was left out",
        (Mutation("domain/consent/redaction.py", "_stripped", "kind.field(key).code_of or key", "'status' if key.endswith('_code') else key"),),
        (VERBS + "test_a_copy_keeps_the_place_where_it_keeps_its_text",),
    ),
    Fault(
        "The place that somebody picked is not saved",
        (Mutation("ui/forms/editors/place_editor.py", "PlaceEditor.beside", "self._picked and self._is_picked()", "False"),),
        (WINDOW + "test_the_form_saves_the_picked_place_with_its_text",),
    ),
)  # fmt: skip

"""Faults of taking in, planted: each lets something come in that may not, or keeps out what may."""

from tests.mutations.mutation import Fault, Mutation

FORGED = "tests/attacks/test_taking_in.py::test_what_a_journey_may_not_bring_waits_with_its_reason_and_the_rest_comes"
ODD = "tests/attacks/test_taking_in.py::test_an_envelope_that_is_none_stops_nothing_and_comes_nowhere"
HONEST = "tests/attacks/test_taking_in.py::test_everything_that_the_program_writes_on_a_journey_comes_back"
COPY = "tests/attacks/test_taking_in.py::test_the_rules_hold_for_another_copy_of_the_store_as_well"
REISSUE = "tests/store/test_reissue.py::"
QUARANTINE = "tests/operations/test_quarantine.py::"
ADMISSION = "operations/exchange/admission.py"

FAULTS = (
    Fault(
        "any case comes back from a journey",
        (Mutation(ADMISSION, "Admission._may_bring", "self.cases is None", "self.cases is not self"),),
        (FORGED + "[a case that stayed is withdrawn]", FORGED + "[a line about a case that stayed]"),
    ),
    Fault(
        "a journey erases",
        (
            Mutation(
                ADMISSION,
                "Admission._part_fault",
                "self.journey or erasing_fault(self.workspace, entry, part)",
                "False",
            ),
        ),
        (FORGED + "[an erasing that never was]", COPY),
    ),
    Fault(
        "values from outside are not cleaned",
        (Mutation(ADMISSION, "_form_fault", "cleaned != dict(part.values)", "cleaned is None"),),
        (FORGED + "[a name with letters that nobody sees]",),
    ),
    Fault(
        "the signature of the writer is not asked for",
        (Mutation(ADMISSION, "Admission._rights_fault", "grants is None or grants.wrote(entry)", "True"),),
        (FORGED + "[in the name of the founder]",),
    ),
    Fault(
        "clocks come in from any year",
        (Mutation(ADMISSION, "Admission.refusal", "self._clock_fault(entry.change.envelope)", "False"),),
        (FORGED + "[a clock of the year 6429]", FORGED + "[a clock of next week]"),
    ),
    Fault(
        "a number from outside stops saving",
        (
            Mutation(
                "store/journal/journal.py",
                "Journal.next_clock",
                "max(hybrid(now), (row[0] if row and row[0] else 0) + 1)",
                "max(hybrid(now), (self._connection.one('SELECT max(clock) FROM journal') or (0,))[0] + 1)",
            ),
        ),
        ("tests/store/test_journal.py::test_a_clock_from_years_ahead_is_not_followed_and_stops_no_saving",),
    ),
    Fault(
        "a closing comes in that another person approved",
        (
            Mutation(
                "operations/cases/decisions.py",
                "_closing_fault",
                'values.get("closure_approved_by") not in (None, actor)',
                "False",
            ),
            Mutation(
                "operations/cases/decisions.py", "_closing_fault", 'values.get("closure_approved_by") != actor', "False"
            ),
            Mutation(
                "operations/cases/decisions.py",
                "_closing_fault",
                '(values.get("closure_approved_by") or values.get("closure_sent_back_by")) and not approves',
                "False",
            ),
            Mutation(
                "operations/cases/decisions.py",
                "_closing_fault",
                "alone or not approves or asked in ('', actor)",
                "alone",
            ),
        ),
        (FORGED + "[a closing approved by another person]",),
    ),
    Fault(
        "what somebody added on the way does not come",
        (Mutation(ADMISSION, "Admission.refusal", "self._opened |= opening", "pass"),),
        (HONEST,),
    ),
    Fault(
        "old words are given out as new ones",
        (
            Mutation(
                "store/journal/reissue.py", "reissue_holds", "row and row[0] == changes.envelope_digest(was)", "False"
            ),
        ),
        (REISSUE + "test_old_words_given_out_as_new_ones_are_told",),
    ),
    Fault(
        "the copy is called anew each time",
        (
            Mutation(
                "store/journal/merge.py", "_Taking.__init__", "called_anew(store.connection) if rules else {}", "{}"
            ),
        ),
        (REISSUE + "test_taken_in_twice_nothing_is_called_anew_twice",),
    ),
    Fault(
        "a reason that somebody wrote over is believed",
        (Mutation("operations/exchange/quarantine.py", "let_in", "not arrived.taken", "False"),),
        (QUARANTINE + "test_a_reason_that_somebody_wrote_over_lets_nothing_in",),
    ),
    Fault(
        "what is erased stays in quarantine",
        (
            Mutation(
                "store/journal/erasing.py",
                "erase_records",
                "Quarantine(store.connection).erase(gone.whole, gone.records)",
                "pass",
            ),
        ),
        (QUARANTINE + "test_what_is_erased_goes_out_of_the_quarantine_too",),
    ),
)

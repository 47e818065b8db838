"""Schema 1: journal, projected records, search index, local tables. Released: never changed again."""

from typing import Any

JOURNAL = (
    """
    CREATE TABLE journal (
        pk INTEGER PRIMARY KEY,
        change_id TEXT NOT NULL UNIQUE,
        case_uid TEXT,
        clock INTEGER NOT NULL,
        envelope BLOB NOT NULL,
        digest BLOB NOT NULL,
        parts BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX journal_case ON journal (case_uid, pk)",
    "CREATE INDEX journal_clock ON journal (clock)",
)

RECORDS = (
    """
    CREATE TABLE offices (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "name" TEXT, "code" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE officers (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "name" TEXT, "initials" TEXT, "role" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE providers (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "name" TEXT, "role" TEXT, "country" TEXT, "place" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE step_templates (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "key" TEXT, "title" TEXT, "country" TEXT, "verification_status" TEXT, "review_due_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE service_templates (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "key" TEXT, "title" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE list_entries (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "list" TEXT, "code" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE cases (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "number" TEXT, "called" TEXT, "status" TEXT, "country_of_return" TEXT,
        "municipality_of_return" TEXT, "host_country" TEXT, "officer" TEXT, "opened_on" TEXT,
        "arrival_date" TEXT, "direction" TEXT, "programme" TEXT, "closed_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT, revision INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE persons (
        pk INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
        "family_name" TEXT, "given_names" TEXT, "sex" TEXT, "birth_date" TEXT, "birth_place" TEXT,
        "father_name" TEXT, "phone" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT
    ) STRICT
    """,
    """
    CREATE TABLE memberships (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "person" TEXT, "position" INTEGER, "role" TEXT, "relationship" TEXT, "is_returnee" INTEGER,
        "left_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE papers (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "holder" TEXT, "doc_type" TEXT, "state" TEXT, "valid_until" TEXT, "requested_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE services (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "title" TEXT, "template" TEXT, "category" TEXT, "opened_on" TEXT, "closed_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE steps (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "service" TEXT, "person" TEXT, "title" TEXT, "position" INTEGER, "state" TEXT, "office_name" TEXT,
        "planned_on" TEXT, "filed_on" TEXT, "expected_on" TEXT, "done_on" TEXT, "appeal_until" TEXT, "template" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE referrals (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "person" TEXT, "category" TEXT, "provider" TEXT, "state" TEXT, "sent_on" TEXT,
        "answer_expected_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE follow_ups (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "planned_on" TEXT, "done_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE contacts (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "on" TEXT, "kind" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE notes (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "on" TEXT, "kind" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE plans (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "revision" INTEGER, "agreed_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE schoolings (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "person" TEXT, "enrolled_on" TEXT, "attends_after_1_month" TEXT, "attends_after_3_months" TEXT, "left_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE consents (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "person" TEXT, "scope" TEXT, "given_on" TEXT, "withdrawn_on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE transfers (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "provider" TEXT, "on" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE vulnerabilities (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "person" TEXT, "kind" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE costs (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "on" TEXT, "amount" INTEGER, "currency" TEXT, "kind" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE files (
        case_pk INTEGER NOT NULL, uid TEXT NOT NULL,
        "name" TEXT, "digest" TEXT,
        rest TEXT, removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL,
        marks TEXT, heads TEXT, conflicts TEXT,
        PRIMARY KEY (case_pk, uid)
    ) WITHOUT ROWID, STRICT
    """,
)

INDEXES = (
    "CREATE UNIQUE INDEX cases_number ON cases (number, uid)",
    "CREATE INDEX memberships_person ON memberships (person)",
)

# Derived from the records at every save; thrown away and rebuilt at will.
DERIVED = (
    """
    CREATE TABLE case_lines (
        case_pk INTEGER PRIMARY KEY, uid TEXT NOT NULL, number TEXT, called TEXT, status TEXT, country TEXT,
        place TEXT, host TEXT, principal TEXT, sort_name TEXT, persons INTEGER NOT NULL, next_step TEXT,
        next_standing TEXT, waiting_since TEXT, due TEXT, categories TEXT, officer TEXT, opened_on TEXT,
        closed_on TEXT, touched TEXT, direction TEXT, programme TEXT, updated INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX case_lines_updated ON case_lines (updated, case_pk)",
    "CREATE INDEX case_lines_status ON case_lines (status, updated, case_pk)",
    "CREATE INDEX case_lines_running ON case_lines (updated, case_pk) WHERE status IN ('pre_arrival', 'open', 'on_hold')",
    "CREATE INDEX case_lines_number ON case_lines (number)",
    "CREATE INDEX case_lines_squashed ON case_lines (lower(replace(number, '-', '')))",
    "CREATE INDEX case_lines_name ON case_lines (sort_name)",
    """
    CREATE TABLE agenda (
        on_date TEXT NOT NULL, case_pk INTEGER NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL,
        record_type TEXT NOT NULL, person TEXT NOT NULL,
        PRIMARY KEY (on_date, case_pk, record, kind)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX agenda_case ON agenda (case_pk)",
    """
    CREATE TABLE search_entries (
        pk INTEGER PRIMARY KEY, case_pk INTEGER NOT NULL, record_type TEXT NOT NULL, uid TEXT NOT NULL,
        UNIQUE (case_pk, uid)
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE search_names USING fts5(
        t, content='', contentless_delete=1, detail=none, prefix='1 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE search_texts USING fts5(
        t, content='', contentless_delete=1, detail=none
    )
    """,
    "CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID, STRICT",
    "INSERT INTO search_names(search_names, rank) VALUES ('automerge', 0)",
    "INSERT INTO search_texts(search_texts, rank) VALUES ('automerge', 0)",
)

# This computer's own: outside the journal, never exchanged.
LOCAL = (
    "CREATE TABLE local_settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT",
    """
    CREATE TABLE local_drafts (
        form TEXT PRIMARY KEY, case_uid TEXT, record_type TEXT NOT NULL, record TEXT NOT NULL,
        content TEXT NOT NULL, kept_at TEXT NOT NULL
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE local_outbox (
        pk INTEGER PRIMARY KEY, case_uid TEXT NOT NULL, case_number TEXT NOT NULL, revision INTEGER NOT NULL,
        language TEXT NOT NULL, document TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
        state TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, handed_at TEXT, handed_by TEXT,
        handed_to TEXT, content BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX local_outbox_case ON local_outbox (case_uid, pk)",
)


def apply(db: Any) -> None:
    """Make all tables of schema 1 on an empty database."""
    for statement in (*JOURNAL, *RECORDS, *INDEXES, *DERIVED, *LOCAL):
        db.execute(statement)

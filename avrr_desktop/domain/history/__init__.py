"""Entries of the journal as values: identifiers, changes and their parts."""

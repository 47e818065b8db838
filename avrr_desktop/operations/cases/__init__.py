"""Verbs of cases: open, find, change, close; their services, plans, papers and history."""

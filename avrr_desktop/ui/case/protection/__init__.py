"""Restricted records, rights and erasing in a case."""

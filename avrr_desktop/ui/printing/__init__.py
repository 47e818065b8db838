"""Printing, and the outbox."""

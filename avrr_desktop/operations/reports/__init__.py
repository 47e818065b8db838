"""Counts and registers: no names."""

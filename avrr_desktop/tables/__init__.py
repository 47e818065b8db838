"""Registers and reports as tables that other programs open."""

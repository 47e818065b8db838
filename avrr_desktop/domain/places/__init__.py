"""Municipalities and towns: one place by all its names."""

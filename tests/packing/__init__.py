"""Tests of packages, of what is in them, and of starting."""

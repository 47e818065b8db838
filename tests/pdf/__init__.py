"""Printed pages, read back by two other programs."""

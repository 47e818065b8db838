"""Verbs: everything that window and command line can do, each naming the permission it needs."""

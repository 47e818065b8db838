"""The command line: the same verbs without a window, one module for each family of commands."""

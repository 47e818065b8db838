"""The speed bench: a command, never run by pytest. ``python -m tests.bench --help`` says how."""

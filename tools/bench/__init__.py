"""The speed bench: a command, never run by pytest. ``python -m tools.bench --help`` says how."""

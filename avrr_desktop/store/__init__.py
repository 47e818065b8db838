"""The encrypted store: the only place with SQL."""

"""Files of cases: added, read, looked at and opened elsewhere."""

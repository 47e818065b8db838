"""The consents of a case: who agreed to what, and what became of it."""

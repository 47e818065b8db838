"""The jobs of a day, done in the real window with real keys, and counted."""

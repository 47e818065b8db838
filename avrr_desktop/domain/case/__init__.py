"""A case as a whole: its people, papers and states, and what is counted and shown of it."""

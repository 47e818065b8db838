"""The Story of a family as one line of time, and who changed what."""

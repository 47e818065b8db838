"""The ground of all verbs: the unlocked store, who is at work, what they may do, and saving."""

"""A store as a whole: made, opened, backed up, checked, brought up to date."""

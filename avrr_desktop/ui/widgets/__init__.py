"""Building blocks of every page."""

"""Each widget alone, and what holds for all of them: names for screen readers, no traps, letters that can be read."""

"""One case and its tabs."""

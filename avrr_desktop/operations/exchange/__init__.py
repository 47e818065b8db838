"""What comes and goes between copies of a store."""

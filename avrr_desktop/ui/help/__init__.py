"""Help, guides and the practice tour."""

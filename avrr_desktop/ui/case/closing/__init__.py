"""The page on which the help to a family ends, and the one on which a second person looks at that."""

"""What each record type is: its fields, and all that follows from its being there."""

"""Forms: made from the declaration of a record type."""

"""One editor for each kind of field, and what makes the one that a field asks for."""

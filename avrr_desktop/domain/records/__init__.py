"""How records are declared: the vocabulary of fields, every record type, and what is checked in one."""

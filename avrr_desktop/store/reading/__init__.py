"""Reading: cases, lists, directories, search and counts."""

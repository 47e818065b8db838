"""Where a text becomes something else: a cell, a search, a file name, a line of the log."""

"""What a case is: pure Python, without files, clock, windows or SQL."""

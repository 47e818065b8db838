"""Rigs that end, starve, flood and confuse the program, each also a command for a long run."""

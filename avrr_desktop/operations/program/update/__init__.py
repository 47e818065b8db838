"""Updates of the program from a file, without internet."""

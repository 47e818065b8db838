"""Services, steps and school of a case."""

"""Setup: access, backups, journeys, the program itself."""

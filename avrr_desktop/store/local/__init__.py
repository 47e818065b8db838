"""What belongs to this computer alone, and is in no journal."""

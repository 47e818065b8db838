"""What holds on this computer, whichever store is open: policy, settings, other running programs."""

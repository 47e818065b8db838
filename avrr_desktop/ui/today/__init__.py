"""What an officer sees in the morning."""

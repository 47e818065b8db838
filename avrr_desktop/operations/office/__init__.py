"""What this office decides over the shipped packs."""

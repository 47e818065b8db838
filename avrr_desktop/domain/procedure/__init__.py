"""Services and steps: what a pack decides, what can start, what proves that something is done."""

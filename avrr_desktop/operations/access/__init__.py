"""Who gets into a store: officers, recovery code, escrow."""

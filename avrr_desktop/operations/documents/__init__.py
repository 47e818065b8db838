"""Documents: what is printed, kept in the outbox and handed over."""

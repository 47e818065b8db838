"""How the help to a family ends: what is settled with it, each period as it ended, and what is learned."""

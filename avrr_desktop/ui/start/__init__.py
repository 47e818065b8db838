"""Before a store is open."""

"""Cases that come as documents, and whether they are here already."""

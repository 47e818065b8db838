"""Partners and offices of the directory: whom they serve, how long they do, and the offices that the country packs name."""

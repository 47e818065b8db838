"""Keys: bytes in, bytes out; the only importer of the cryptographic toolkit."""

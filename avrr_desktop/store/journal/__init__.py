"""The journal and everything that is made from it or compared with it."""

"""The folder of a store: where it may lie, its lock and key files, its attachments and backups."""

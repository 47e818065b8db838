"""The file underneath: the cipher driver, migrations, and what happens before a store is open."""

"""A newer program that writes into a store of its own and then waits to be killed."""

import sys
from pathlib import Path

from avrr_desktop.store.engine.driver import Connection
from tests.support.stores import KEY

if __name__ == "__main__":
    connection = Connection(Path(sys.argv[1]), KEY, exclusive=True)
    connection.execute("CREATE TABLE of_the_future (pk INTEGER PRIMARY KEY)")
    print("ready", flush=True)
    sys.stdin.read()

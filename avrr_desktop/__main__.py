"""Entry point: without arguments the window, with any argument the command line."""

import gc
import os
import sys
from datetime import date
from pathlib import Path

from avrr_desktop.no_dumps import keep_out_of_dumps


def main() -> int:
    """Run the program and return its exit code."""
    keep_out_of_dumps()
    if sys.argv[1:2] == ["picture-child"]:  # a packaged program starts itself for it
        from avrr_desktop import picture_child

        return picture_child.main()
    if sys.argv[1:2] == ["window-child"]:  # as the smoke test does
        from avrr_desktop import window_child

        return window_child.main()
    if len(sys.argv) > 1:
        from avrr_desktop.cli import main as cli

        return cli.main(sys.argv[1:], open_window)
    return open_window(None, None)


def open_window(store: Path | None, today: date | None) -> int:
    """Show the window, on a store where one is named."""
    from avrr_desktop.libraries import has_display
    from avrr_desktop.operations.computer.instances import WINDOW, keep_on_stick, running

    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        from avrr_desktop.cli import main as cli

        return cli.say_no_display()
    keep_on_stick()
    with running(WINDOW):
        gc.disable()  # nothing that is loaded now goes again; ui/system/gc_timer.py takes over
        try:
            from avrr_desktop import app
        except ImportError as error:
            from avrr_desktop.cli import main as cli

            return cli.say_no_window(error)
        return app.main(store, today)


if __name__ == "__main__":
    sys.exit(main())

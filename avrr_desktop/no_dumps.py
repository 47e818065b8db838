"""Keeps the system from writing what the program holds, keys and cases, to the disk when it crashes."""

import ctypes
import sys

_NO_BOX, _NO_FAULT_BOX = 0x0001, 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_PR_SET_DUMPABLE = 4


def keep_out_of_dumps() -> None:
    """Set the limits; to be called before any passphrase is asked for, in every process. What a system lacks is left out."""
    if sys.platform == "win32":
        _on_windows()
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return
    if sys.platform == "linux":
        _not_dumpable()


def _not_dumpable() -> None:
    """Programs that collect crashes read through a pipe, which no limit of size stops: this does."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return


def _on_windows() -> None:
    if sys.platform == "win32":
        try:
            ctypes.windll.kernel32.SetErrorMode(_NO_BOX | _NO_FAULT_BOX)
            ctypes.windll.wer.WerAddExcludedApplication(sys.executable, False)
        except (OSError, AttributeError):
            return

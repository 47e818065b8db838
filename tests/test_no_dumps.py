"""A crash writes no key to the disk: the limits are set before anything is asked."""

import subprocess
import sys

import pytest

LOOK = (
    "import ctypes, resource; from avrr_desktop.no_dumps import keep_out_of_dumps; keep_out_of_dumps(); "
    "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
)
ENTRY = (
    "import sys, resource; sys.argv = ['avrr-desktop', '--version']\n"
    "from avrr_desktop.__main__ import main\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print(resource.getrlimit(resource.RLIMIT_CORE))"
)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what it would do")
def test_a_crash_leaves_no_core_file() -> None:
    told = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, encoding="utf-8", check=True).stdout
    assert told.split() == ["(0,", "0)", "0"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_program_sets_its_limits_before_anything_else() -> None:
    told = subprocess.run([sys.executable, "-c", ENTRY], capture_output=True, encoding="utf-8", check=True).stdout
    assert told.splitlines()[-1] == "(0, 0)"

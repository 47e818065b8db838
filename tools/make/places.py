"""Make the keys under which the places are found, so that the program reads them instead of working them out.

`python tools/make/places.py` reads `resources/places/places.tsv` and writes `keys.tsv` beside it: kind of key, key, rows of the table.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from avrr_desktop.domain.places.gazetteer import Gazetteer, keys_of

PLACES = Path(__file__).resolve().parents[2] / "resources" / "places"


def outputs() -> dict[str, str]:
    """Return what the command writes: file name -> content."""
    head, *rows = (PLACES / "places.tsv").read_text(encoding="utf-8").splitlines()
    keys = keys_of(Gazetteer(head.split("\t"), rows))
    lines = [
        f"{kind}\t{key}\t{' '.join(map(str, index[key]))}\n"
        for kind, index in zip(keys._fields, keys, strict=True)
        for key in sorted(index)
    ]
    return {"keys.tsv": "".join(lines)}


def main() -> None:
    """Write the file."""
    for name, text in outputs().items():
        (PLACES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

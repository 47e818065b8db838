"""Writes the agreed paper anew: ``python -m tests.pdf.regenerate``. Look at every picture before you commit it."""

from tests.support import golden_pages


def main() -> None:
    """Print both cases and replace their texts and pictures."""
    golden_pages.FOLDER.mkdir(parents=True, exist_ok=True)
    for old in golden_pages.FOLDER.iterdir():
        old.unlink()
    for name in golden_pages.CASES:
        with golden_pages.printed(name) as pdf:
            golden_pages.text_path(name).write_text(golden_pages.text_of(pdf), encoding="utf-8", newline="\n")
            for number, picture in enumerate(golden_pages.pictures_of(pdf), 1):
                picture.save(golden_pages.picture_path(name, number), optimize=True)
                print(golden_pages.picture_path(name, number))


if __name__ == "__main__":
    main()

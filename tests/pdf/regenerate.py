"""Writes the agreed paper anew: ``python -m tests.pdf.regenerate``. Look at every picture before you commit it."""

from tests.pdf import golden


def main() -> None:
    """Print both cases and replace their texts and pictures."""
    golden.FOLDER.mkdir(parents=True, exist_ok=True)
    for old in golden.FOLDER.iterdir():
        old.unlink()
    for name in golden.CASES:
        with golden.printed(name) as pdf:
            golden.text_path(name).write_text(golden.text_of(pdf), encoding="utf-8", newline="\n")
            for number, picture in enumerate(golden.pictures_of(pdf), 1):
                picture.save(golden.picture_path(name, number), optimize=True)
                print(golden.picture_path(name, number))


if __name__ == "__main__":
    main()

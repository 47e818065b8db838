"""The paper of two fixed cases is the one that somebody looked at: ``python -m tests.pdf.regenerate`` agrees anew."""

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.support import golden_pages

TILE = 16  # dots of 1/40 inch: about the size of a date, so that nothing hides in the white of a page
TOLERANCE = 2.0  # percent of black in every tile: what two versions of the renderer may differ in smoothing


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two grey pictures in percent of black, in the tile where it is greatest."""
    apart = ImageChops.difference(one, other)
    tiles = [
        apart.crop((left, top, left + TILE, top + TILE))
        for left in range(0, apart.width, TILE)
        for top in range(0, apart.height, TILE)
    ]
    return max(float(ImageStat.Stat(tile).mean[0]) / 2.55 for tile in tiles)


@pytest.mark.parametrize("name", golden_pages.CASES)
def test_text_of_the_page_is_the_agreed_one(name: str) -> None:
    with golden_pages.printed(name) as pdf:
        assert golden_pages.text_of(pdf) == golden_pages.text_path(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", golden_pages.CASES)
def test_page_looks_like_the_agreed_one(name: str) -> None:
    with golden_pages.printed(name) as pdf:
        pictures = golden_pages.pictures_of(pdf)
    assert len(pictures) == len(list(golden_pages.FOLDER.glob(f"{name}-*.png")))
    for number, picture in enumerate(pictures, 1):
        with Image.open(golden_pages.picture_path(name, number)) as agreed:
            assert picture.size == agreed.size
            assert difference(picture, agreed.convert("L")) < TOLERANCE, f"page {number}"


def test_picture_without_one_icon_or_one_word_is_told_from_the_agreed_one() -> None:
    with Image.open(golden_pages.picture_path("family_of_five", 1)) as agreed:
        whole = agreed.convert("L")
    icon = (192, 256, 199, 263)  # of the missing birth certificate
    assert ImageStat.Stat(whole.crop(icon)).stddev[0] > 30
    without = whole.copy()
    without.paste(255, icon)
    assert difference(whole, without) > TOLERANCE

from io import BytesIO

import pytest
from PIL import Image

from jingwei.demo.drawings import HEIGHT, WIDTH, draw

CLASSES = ("0101", "0201", "0301", "0501", "0601", "0701", "1101", "2301", "9901")


@pytest.mark.parametrize("category", CLASSES)
def test_a_drawing_is_a_picture_and_shows_whether_it_is_mended(category):
    before, after = draw(category, is_mended=False), draw(category, is_mended=True)

    assert before != after
    with Image.open(BytesIO(before)) as image:
        assert image.size == (WIDTH, HEIGHT)
        assert len(image.getcolors(maxcolors=WIDTH * HEIGHT)) > 4


def test_different_troubles_look_different():
    assert len({draw(category, is_mended=False) for category in CLASSES}) == len(CLASSES)

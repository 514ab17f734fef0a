"""Drawings that stand in for photos: flat, plain, and clearly no photos of anything."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
HORIZON = 430
SKY, NIGHT, GROUND, ROAD, EDGE = "#dbe7f0", "#26324a", "#c9cdbf", "#8d9199", "#4a5160"
RED, GREEN, YELLOW, WOOD, WATER, WHITE = "#c8473c", "#5d9465", "#f0c24b", "#9a734c", "#7aa5c8", "#f7f7f4"

Pen = ImageDraw.ImageDraw
Sketch = Callable[[Pen, bool], None]


@cache
def draw(category: str, *, is_mended: bool) -> bytes:
    """A PNG for a category's class of trouble, as it was or as it is after the work."""
    sketch = _SKETCHES.get(category[:2], _notice)
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT if sketch is _lamp else SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HORIZON, WIDTH, HEIGHT), fill=GROUND)
    sketch(pen, is_mended)
    _mark(pen, is_mended=is_mended)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _mark(pen: Pen, *, is_mended: bool) -> None:
    """A frame and a badge: a tick where it is mended, a stroke where it is not."""
    pen.rectangle((12, 12, WIDTH - 13, HEIGHT - 13), outline=WHITE, width=6)
    pen.ellipse((WIDTH - 130, 40, WIDTH - 40, 130), fill=GREEN if is_mended else RED)
    if is_mended:
        pen.line((WIDTH - 110, 86, WIDTH - 92, 106, WIDTH - 60, 66), fill=WHITE, width=11, joint="curve")
    else:
        pen.line((WIDTH - 85, 58, WIDTH - 85, 92), fill=WHITE, width=12)
        pen.ellipse((WIDTH - 92, 102, WIDTH - 78, 116), fill=WHITE)


def _lamp(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001 - every sketch is called alike
    pen.polygon([(0, HEIGHT), (300, HORIZON), (660, HORIZON), (WIDTH, HEIGHT)], fill=ROAD)
    if is_mended:
        pen.polygon([(560, 190), (360, HEIGHT), (860, HEIGHT)], fill="#55604f")
    pen.rectangle((694, 150, 712, 620), fill=EDGE)
    pen.line((704, 158, 560, 140), fill=EDGE, width=16)
    pen.rounded_rectangle((520, 130, 610, 164), 14, fill=YELLOW if is_mended else "#6a7180")


def _cover(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((0, 240, WIDTH, HEIGHT), fill=ROAD)
    pen.line((0, 300, WIDTH, 260), fill=WHITE, width=10)
    pen.ellipse((300, 350, 680, 590), fill=EDGE)
    if is_mended:
        pen.ellipse((318, 362, 662, 578), fill="#6d7480")
        for shift in range(-120, 160, 40):
            pen.line((490 + shift, 390, 490 + shift, 550), fill=EDGE, width=8)
        return
    pen.ellipse((324, 368, 656, 572), fill="#15181d")
    pen.polygon([(690, 600), (850, 560), (880, 640), (720, 670)], fill="#6d7480")


def _road(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.polygon([(0, HEIGHT), (330, 200), (630, 200), (WIDTH, HEIGHT)], fill=ROAD)
    for low in (240, 340, 470, 620):
        pen.polygon([(470, low), (490, low), (496, low + 60), (464, low + 60)], fill=WHITE)
    shape = [(560, 520), (640, 480), (740, 510), (760, 590), (660, 640), (570, 600)]
    pen.polygon(shape, fill="#7b7f87" if is_mended else "#3c3f45")


def _rubbish(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((0, 180, WIDTH, HORIZON), fill="#b9b3a6")
    for left, colour in ((200, GREEN), (380, WATER), (560, EDGE)):
        pen.rounded_rectangle((left, 320, left + 150, 560), 18, fill=colour)
        pen.rectangle((left - 10, 300, left + 160, 330), fill=EDGE)
    if is_mended:
        return
    for left, low, size in ((150, 500, 110), (330, 540, 130), (500, 510, 100), (690, 520, 140), (250, 590, 90)):
        pen.ellipse((left, low, left + size, low + size * 0.8), fill="#2f3338")
        pen.line((left + size / 2, low, left + size / 2 + 12, low - 26), fill="#2f3338", width=8)


def _tree(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((452, 330, 500, 640), fill=WOOD)
    crown = (300, 90, 660, 400) if is_mended else (250, 60, 560, 360)
    pen.ellipse(crown, fill=GREEN)
    if not is_mended:
        pen.line((490, 360, 720, 520), fill=WOOD, width=22)
        pen.ellipse((640, 460, 860, 600), fill="#7f9a6a")


def _car(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((0, HORIZON + 40, WIDTH, HEIGHT), fill=ROAD)
    for left in range(80, WIDTH - 80, 130):
        pen.polygon([(left, 700), (left + 60, 700), (left + 110, 500), (left + 50, 500)], fill=YELLOW)
    if is_mended:
        return
    pen.rounded_rectangle((200, 420, 760, 580), 40, fill=WATER)
    pen.polygon([(300, 430), (370, 320), (600, 320), (680, 430)], fill="#4f7697")
    for left in (280, 590):
        pen.ellipse((left, 530, left + 110, 640), fill="#23262b")


def _house(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((180, 90, 780, 640), fill="#e3dccb")
    for row in range(4):
        for column in range(4):
            left, low = 230 + column * 135, 130 + row * 110
            pen.rectangle((left, low, left + 90, low + 70), fill=YELLOW if is_mended else "#7c8794")
    pen.rectangle((430, 550, 530, 640), fill=WOOD)
    if not is_mended:
        pen.line((250, 90, 300, 180, 270, 260, 330, 350), fill=EDGE, width=9)


def _water(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rectangle((0, 300, WIDTH, HEIGHT), fill=ROAD)
    pen.rectangle((0, 290, WIDTH, 320), fill="#d8d5cc")
    if is_mended:
        pen.rectangle((380, 430, 580, 520), fill=EDGE)
        for left in range(400, 570, 36):
            pen.line((left, 440, left, 510), fill=ROAD, width=12)
        return
    pen.ellipse((90, 400, 870, 690), fill=WATER)
    for low in (470, 530, 590):
        pen.arc((250, low - 40, 710, low + 40), 20, 160, fill=WHITE, width=6)


def _notice(pen: Pen, is_mended: bool) -> None:  # noqa: FBT001
    pen.rounded_rectangle((250, 120, 710, 470), 20, fill=WHITE, outline=EDGE, width=8)
    for number, low in enumerate(range(180, 430, 55)):
        right = 660 - 90 * (number % 3)
        pen.rounded_rectangle((300, low, right, low + 20), 10, fill=GREEN if is_mended else "#b5bac2")
    pen.rectangle((460, 470, 500, 650), fill=EDGE)


_SKETCHES: dict[str, Sketch] = {
    "01": _cover,
    "02": _lamp,
    "03": _road,
    "04": _road,
    "05": _water,
    "06": _rubbish,
    "07": _tree,
    "11": _house,
    "21": _rubbish,
    "22": _rubbish,
    "23": _car,
    "24": _road,
    "26": _water,
    "30": _house,
    "38": _tree,
}
"""By the class of the category; the others get a notice board."""

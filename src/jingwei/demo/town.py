"""An invented street, the same each time: communities, grids, roads, compounds and buildings. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

from shapely import Polygon

from jingwei.demo import names
from jingwei.demo.ground import Cut, Point, Rect, halve, on_map
from jingwei.places.public import codes

SEED = 1127
DISTRICT_DIGITS = 990101
"""No province has 99: the town cannot be taken for a real one, nor collide with the country's divisions."""
EDGES_U = ((-1360, -430, 420, 1360), (-1360, -460, 450, 1360), (-1360, -400, 440, 1360))
EDGES_V = (-920, -310, 300, 920)
ROAD_HALF = 12
HOUSEHOLDS = (240, 430)
PUBLIC = ("school", "market", "clinic", "hall")
"""What a community has one of, in its first grids."""
PUBLIC_NAMES = {"school": "小学", "market": "菜市场", "clinic": "社区卫生服务站", "hall": "社区服务站"}


@dataclass(frozen=True)
class Road:
    name: str
    cut: Cut

    def number_at(self, u: float, v: float) -> int:
        """The house number beside the point: odd on one side, even on the other, one every 8 metres."""
        along, across = (u, v) if self.cut.is_along_u else (v, u)
        return 2 * int((along - self.cut.begin) // 8) + (1 if across < self.cut.at else 2)


@dataclass(frozen=True)
class House:
    """A building. `kind`: slab, tower, house, shop, school, market, clinic or hall."""

    kind: str
    name: str
    address: str
    floors: int
    households: int
    longitude: float
    latitude: float
    footprint: Polygon


@dataclass(frozen=True)
class Grid:
    """A grid with the roads along it, its compound and its buildings."""

    code: int
    name: str
    name_en: str
    rect: Rect
    outline: Polygon
    roads: tuple[Road, ...]
    compound: str
    houses: tuple[House, ...]

    @property
    def households(self) -> int:
        return sum(house.households for house in self.houses)

    @property
    def point(self) -> Point:
        return on_map(*self.rect.centre)


@dataclass(frozen=True)
class Community:
    code: int
    name: str
    name_en: str
    short: str
    rect: Rect
    outline: Polygon
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Town:
    """The district, its one street that is drawn, and all below."""

    district: int
    street: int
    outline: Polygon
    communities: tuple[Community, ...]

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(grid for community in self.communities for grid in community.grids)


@dataclass(frozen=True)
class Site:
    """What a grid's buildings are called after, and the grid's number in its community, from 1."""

    short: str
    compound: str
    place: int

    @property
    def public(self) -> str:
        """What the first building is."""
        return PUBLIC[self.place - 1] if self.place <= len(PUBLIC) else "shop"


@lru_cache(maxsize=1)
def build_town() -> Town:
    """The town. Always the same one."""
    rng = Random(SEED)
    lanes = list(names.LANES)
    rng.shuffle(lanes)
    communities = tuple(_community(number, rect, rng, lanes) for number, rect in enumerate(_community_rects(), start=1))
    whole = Rect(EDGES_U[0][0], EDGES_V[0], EDGES_U[0][-1], EDGES_V[-1])
    return Town(codes.make(DISTRICT_DIGITS), codes.make(DISTRICT_DIGITS, 1), whole.outline(), communities)


def _community_rects() -> Iterator[Rect]:
    for (low, high), edges in zip(pairwise(EDGES_V), EDGES_U, strict=True):
        for left, right in pairwise(edges):
            yield Rect(left, low, right, high)


def _community(number: int, rect: Rect, rng: Random, lanes: list[str]) -> Community:
    short, english, count = names.COMMUNITIES[number - 1]
    pieces = list(halve(rect, count, rng))
    roads = [*_avenues(rect), *_name_roads(short, [cut for cut in pieces if isinstance(cut, Cut)], lanes)]
    rects = sorted((piece for piece in pieces if isinstance(piece, Rect)), key=lambda piece: (-piece.high, piece.left))
    suffixes = rng.sample(names.COMPOUNDS, count)
    code = codes.make(DISTRICT_DIGITS, 1, number)
    grids = tuple(
        _grid(codes.child(code, place), piece, roads, Site(short, short + suffix, place), rng)
        for place, (piece, suffix) in enumerate(zip(rects, suffixes, strict=True), start=1)
    )
    return Community(code, f"{short}社区", f"{english} Community", short, rect, rect.outline(), grids)


def _grid(code: int, rect: Rect, roads: list[Road], site: Site, rng: Random) -> Grid:
    beside = tuple(road for road in roads if road.cut.borders(rect))
    return Grid(
        code,
        f"第{names.ORDINALS[site.place - 1]}网格",
        f"Grid {site.place}",
        rect,
        rect.outline(),
        beside,
        site.compound,
        tuple(_houses(rect, beside, site, rng)),
    )


def _avenues(rect: Rect) -> Iterator[Road]:
    """The roads around a community belong to the whole street."""
    for at in (rect.low, rect.high):
        name = names.AVENUES[EDGES_V.index(at)]
        yield Road(name, Cut(is_along_u=True, at=at, begin=EDGES_U[0][0], end=EDGES_U[0][-1], depth=0))


def _name_roads(short: str, cuts: list[Cut], lanes: list[str]) -> Iterator[Road]:
    streets = [f"{short}东街", f"{short}西街"]
    for cut in cuts:
        if cut.depth == 0:
            yield Road(f"{short}路", cut)
        elif cut.depth == 1:
            yield Road(streets.pop(), cut)
        else:
            yield Road(lanes.pop(), cut)


@dataclass(frozen=True)
class Pattern:
    """How buildings of one kind are laid out, in metres: their size, the gap beside and the row they stand in.

    `few` and `many` bound how many a grid has; `most` is the tallest.
    """

    width: int
    depth: int
    gap: int
    row: int
    per_floor: int
    most: int
    few: int
    many: int


PATTERNS = {
    "slab": Pattern(48, 12, gap=16, row=30, per_floor=6, most=7, few=8, many=11),
    "tower": Pattern(26, 24, gap=30, row=44, per_floor=6, most=33, few=3, many=6),
    "house": Pattern(18, 12, gap=14, row=22, per_floor=3, most=5, few=20, many=26),
}


def _houses(rect: Rect, roads: tuple[Road, ...], site: Site, rng: Random) -> Iterator[House]:
    """A public building, a row of shops, and homes of one character."""
    kind = rng.choices(list(PATTERNS), (12, 7, 3))[0]
    pattern = PATTERNS[kind]
    plots = list(_plots(rect.inset(ROAD_HALF), pattern))
    homes = min(rng.randint(pattern.few, pattern.many), len(plots) - 2)
    picked = [0, 1, *sorted(rng.sample(range(2, len(plots)), homes))]
    floors = rng.randint(*HOUSEHOLDS) / (homes * pattern.per_floor)
    for number, index in enumerate(picked):
        plot = plots[index]
        if number < 2:
            yield _public(plot, roads, site, site.public if number == 0 else "shop", number)
            continue
        height = min(pattern.most, max(2, round(floors + rng.choice((-0.6, 0, 0, 0.6)))))
        yield _home(plot, roads, f"{site.compound} {number - 1} 栋", kind, height)


def _plots(inner: Rect, pattern: Pattern) -> Iterator[Rect]:
    """Where buildings may stand: rows across the grid, from the south-western corner."""
    columns = max(1, (inner.width + pattern.gap) // (pattern.width + pattern.gap))
    used = columns * (pattern.width + pattern.gap) - pattern.gap
    margin = (inner.width - used) // 2
    for line in range(inner.height // pattern.row):
        for column in range(columns):
            left = inner.left + margin + column * (pattern.width + pattern.gap)
            low = inner.low + line * pattern.row + (pattern.row - pattern.depth) // 2
            yield Rect(left, low, left + pattern.width, low + pattern.depth)


def _public(plot: Rect, roads: tuple[Road, ...], site: Site, kind: str, number: int) -> House:
    name = f"{site.short}{PUBLIC_NAMES[kind]}" if kind in PUBLIC_NAMES else f"{site.compound}商铺 {number + 1} 号楼"
    floors = 3 if kind in PUBLIC_NAMES else 2
    longitude, latitude = on_map(*plot.centre)
    return House(kind, name, _address(plot, roads), floors, 0, longitude, latitude, plot.corners())


def _home(plot: Rect, roads: tuple[Road, ...], name: str, kind: str, floors: int) -> House:
    longitude, latitude = on_map(*plot.centre)
    households = floors * PATTERNS[kind].per_floor
    return House(kind, name, _address(plot, roads) + name, floors, households, longitude, latitude, plot.corners())


def _address(plot: Rect, roads: tuple[Road, ...]) -> str:
    u, v = plot.centre
    road = min(roads, key=lambda road: abs((v if road.cut.is_along_u else u) - road.cut.at))
    return f"{road.name} {road.number_at(u, v)} 号"

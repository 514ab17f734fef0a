"""Where things happen in the town: a point in a grid, and the words for it that anyone may read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from jingwei.demo.ground import Point, on_map
from jingwei.demo.town import Community, Grid, House, Road, build_town

HOMES = ("slab", "tower", "house")
EDGE = 4  # metres that a spot on a road keeps from the middle of it, so that it has a side


@dataclass(frozen=True)
class Spot:
    code: int
    place: str
    longitude: float
    latitude: float


def spot_in(grid: Grid, kind: str, rng: Random) -> Spot:
    """A spot of one of the kinds that stories name: `road`, `estate`, `home`, `compound`, `school` …"""
    place, (longitude, latitude) = _FINDERS[kind](grid, rng)
    return Spot(grid.code, place, longitude, latitude)


@cache
def grids_with(kind: str) -> tuple[Grid, ...]:
    """The grids where a spot of this kind can be."""
    if kind in {"school", "market"}:
        return tuple(grid for grid in build_town().grids if any(house.kind == kind for house in grid.houses))
    if kind == "river":
        town = build_town()
        bank = min(grid.rect.low for grid in town.grids)
        return tuple(grid for grid in town.grids if grid.rect.low == bank)
    return build_town().grids


def _beside_road(grid: Grid, rng: Random) -> tuple[Road, float, float]:
    """A road of the grid and a point on the grid's side of it."""
    road = rng.choice(grid.roads)
    rect = grid.rect
    if road.cut.is_along_u:
        v = rect.low + EDGE if road.cut.at == rect.low else rect.high - EDGE
        return road, rng.uniform(rect.left + EDGE, rect.right - EDGE), v
    u = rect.left + EDGE if road.cut.at == rect.left else rect.right - EDGE
    return road, u, rng.uniform(rect.low + EDGE, rect.high - EDGE)


def _road(grid: Grid, rng: Random) -> tuple[str, Point]:
    road, u, v = _beside_road(grid, rng)
    ending = rng.choice(("号门前", "号附近", "号对面", "号旁"))
    return f"{road.name} {road.number_at(u, v)} {ending}", on_map(u, v)


def _stop(grid: Grid, rng: Random) -> tuple[str, Point]:
    road, u, v = _beside_road(grid, rng)
    return f"{road.name}{grid.compound}公交站", on_map(u, v)


def _shop(grid: Grid, rng: Random) -> tuple[str, Point]:
    house = _one(grid, rng, "shop")
    return f"{house.address}商铺", (house.longitude, house.latitude)


def _estate(grid: Grid, rng: Random) -> tuple[str, Point]:
    house = _one(grid, rng, *HOMES)
    ending = rng.choice(("楼下", "东侧", "门前", "西侧", "楼后"))
    return f"{house.name}{ending}", (house.longitude, house.latitude)


def _home(grid: Grid, rng: Random) -> tuple[str, Point]:
    house = _one(grid, rng, *HOMES)
    return f"{house.name} {rng.randint(1, 3)} 单元", (house.longitude, house.latitude)


def _compound(grid: Grid, _rng: Random) -> tuple[str, Point]:
    return grid.compound, grid.point


def _public(kind: str) -> Callable[[Grid, Random], tuple[str, Point]]:
    def find(grid: Grid, rng: Random) -> tuple[str, Point]:
        house = _one(grid, rng, kind)
        ending = {"school": ("校门口", "东门"), "market": ("正门", "后门")}[kind]
        return f"{house.name}{rng.choice(ending)}", (house.longitude, house.latitude)

    return find


def _green(*names: str) -> Callable[[Grid, Random], tuple[str, Point]]:
    def find(grid: Grid, rng: Random) -> tuple[str, Point]:
        return f"{community_of(grid).short}{rng.choice(names)}", grid.point

    return find


def _river(grid: Grid, rng: Random) -> tuple[str, Point]:
    u = rng.uniform(grid.rect.left + EDGE, grid.rect.right - EDGE)
    return f"澄江{community_of(grid).short}段河滨步道", on_map(u, grid.rect.low + EDGE)


def _site(grid: Grid, _rng: Random) -> tuple[str, Point]:
    return f"{grid.compound}二期工地", grid.point


def _one(grid: Grid, rng: Random, *kinds: str) -> House:
    return rng.choice([house for house in grid.houses if house.kind in kinds])


def community_of(grid: Grid) -> Community:
    """The community that the grid lies in."""
    return next(one for one in build_town().communities if grid in one.grids)


_FINDERS: dict[str, Callable[[Grid, Random], tuple[str, Point]]] = {
    "road": _road,
    "stop": _stop,
    "shop": _shop,
    "estate": _estate,
    "home": _home,
    "compound": _compound,
    "school": _public("school"),
    "market": _public("market"),
    "park": _green("街心公园", "口袋公园", "小游园"),
    "square": _green("健身广场", "文化广场"),
    "river": _river,
    "site": _site,
}

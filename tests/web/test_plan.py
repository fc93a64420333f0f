"""Where everything stands: nothing overlaps, nothing falls off, nothing jumps."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from appliance.knowledge.kinds import Kind
from appliance.texts import LANGUAGES, sentences
from web import plan
from web.plan import BANDS, CELL, COLUMNS, Item, Plan, Spot, band_of, fit, lay_out, width

items = st.lists(
    st.builds(
        Item,
        key=st.integers(0, 10**6).map(str),
        band=st.sampled_from(list(BANDS)),
        since=st.integers(0, 100).map(float),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda item: item.key,
)
on_line = st.integers(0, 3).map(lambda n: [f"gateway {each}" for each in range(n)])
outside = st.integers(0, 17).map(lambda n: [f"beyond {each}" for each in range(n)])

Box = tuple[float, float, float, float]


def boxes(drawn: Plan, inside: list[Item], gateways: list[str], beyond: list[str]) -> list[Box]:
    """Give the room that each icon takes with its name and its room, and each title of a band."""
    found: list[Box] = []
    half = plan.ROOM / 2
    for key in (*(item.key for item in inside), *gateways):
        spot = drawn.spots[key]
        found.append((spot.x - half, spot.y - 33, spot.x + half, spot.y + 64))
    for key in beyond:
        spot = drawn.spots[key]
        found.append((spot.x - 20, spot.y - 24, spot.x + 28 + 190, spot.y + 24))
    found += [(20.0, y - 11.0, 20.0 + 320, y + 3.0) for _, y in drawn.bands]
    return found


@given(items, on_line, outside)
def test_nothing_overlaps_and_nothing_falls_off(
    inside: list[Item], gateways: list[str], beyond: list[str]
) -> None:
    drawn = lay_out(inside, gateways, beyond)
    taken = boxes(drawn, inside, gateways, beyond)
    assert all(
        x1 >= 0 and y1 >= 0 and x2 <= drawn.width and y2 <= drawn.height for x1, y1, x2, y2 in taken
    )
    for one, other in combinations(taken, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@given(items, on_line, outside)
def test_inside_is_left_of_the_line_and_outside_right_of_it(
    inside: list[Item], gateways: list[str], beyond: list[str]
) -> None:
    drawn = lay_out(inside, gateways, beyond)
    assert all(drawn.spots[item.key].x + plan.ROOM / 2 < drawn.uplink for item in inside)
    assert all(drawn.spots[key].x == drawn.uplink for key in gateways)
    assert all(drawn.spots[key].x - 20 > drawn.uplink + plan.ROOM / 2 - 20 for key in beyond)


@given(items, st.randoms(use_true_random=False))
def test_the_same_devices_are_drawn_the_same_in_any_order(inside: list[Item], random) -> None:
    before = lay_out(inside, [], [])
    shuffled = list(inside)
    random.shuffle(shuffled)
    assert lay_out(shuffled, [], []) == before


@given(items, st.sampled_from(list(BANDS)))
def test_a_device_that_comes_moves_nothing_sideways_and_nothing_above_it(
    inside: list[Item], band: str
) -> None:
    """What is below moves down as a whole, by no more than a row and a title."""
    new = Item(key="new", band=band, since=101.0)
    # A practice that has a full row in some band: its columns no longer change.
    full = [Item(key=f"full {n}", band="work", since=0.0) for n in range(COLUMNS)]
    before, after = lay_out([*inside, *full], [], []), lay_out([*inside, *full, new], [], [])
    order = list(BANDS)
    for item in (*inside, *full):
        was, now = before.spots[item.key], after.spots[item.key]
        assert now.x == was.x
        if order.index(item.band) <= order.index(band):
            assert now == was
        else:
            assert 0 <= now.y - was.y <= CELL[1] + plan.BAND


def test_every_kind_has_a_band_and_every_band_a_name() -> None:
    assert {band_of(kind.value) for kind in Kind} == set(BANDS)
    assert band_of("nonsense") == "unknown"
    for language in LANGUAGES:
        for band in BANDS:
            assert width(sentences(language)[f"map.band.{band}"]) <= 320


@given(st.text(max_size=80), st.integers(20, 200))
def test_a_name_is_cut_to_the_room_there_is(name: str, room: int) -> None:
    fitted = fit(name, room)
    assert width(fitted) <= room
    assert fitted == name or fitted.endswith("…")


def test_lines_begin_and_end_beside_the_icons() -> None:
    assert plan.curve(Spot(0, 0), Spot(200, 0)).startswith("M26 0Q100 28 174 0")
    assert plan.curve(Spot(5, 5), Spot(5, 5)), "no division by nothing"
    assert plan.way_out(Spot(0, 0), Spot(300, 100)) == "M24 0C156 0 156 100 276 100"

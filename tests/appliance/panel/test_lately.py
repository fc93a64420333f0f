"""How long ago orders were, by a clock that never steps."""

from appliance.panel.latch import Kind, Order
from appliance.panel.lately import Lately


def order(kind: Kind, *, on_site: bool = False) -> Order:
    return Order(kind=kind, at=0.0, who="alice", on_site=on_site)


def test_nothing_was_ordered_before_the_start() -> None:
    asked = Lately().timed(order(Kind.RECONNECT), 0.0, 50.0)
    assert (asked.after_isolate, asked.after_reconnect) == (None, None)


def test_orders_to_isolate_count_also_when_they_change_nothing() -> None:
    lately = Lately()
    lately.remember(order(Kind.RECONNECT), 10.0, joined=True)
    lately.remember(order(Kind.ISOLATE), 20.0, joined=False)
    lately.remember(order(Kind.RECONNECT), 30.0, joined=False)
    asked = lately.timed(order(Kind.RECONNECT), 0.0, 50.0)
    assert (asked.after_isolate, asked.after_reconnect) == (30.0, 40.0)


def test_for_an_order_on_site_only_what_others_ordered_counts() -> None:
    lately = Lately()
    lately.remember(order(Kind.ISOLATE), 49.0, joined=False)
    assert lately.timed(order(Kind.RECONNECT, on_site=True), 5.0, 50.0).after_isolate == 45.0

"""Very many packets that differ in a few fields only: what a flood looks like to the sensor."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from appliance.model import Frame, Link
from appliance.sensor.columns import SLACK, Block

PER_BLOCK = 20_000


def crowd(
    like: Frame, count: int, *, seconds: float, fields: dict[int, NDArray[np.uint64]]
) -> Iterator[Block]:
    """Give *count* packets *like* the one, spread over *seconds*, in blocks.

    *fields* are columns of *count* numbers, by where in the frame their lowest four bytes stand.
    """
    size = len(like.data)
    times = like.at + np.arange(count) * (seconds / count)
    for start in range(0, count, PER_BLOCK):
        rows = slice(start, min(start + PER_BLOCK, count))
        packets = np.tile(np.frombuffer(like.data, np.uint8), (rows.stop - start, 1))
        for at, column in fields.items():
            packets[:, at : at + 4] = (
                column[rows].astype(">u4").view(np.uint8).reshape(rows.stop - start, 4)
            )
        yield Block(
            buffer=np.concatenate((packets.ravel(), np.zeros(SLACK, np.uint8))),
            offsets=np.arange(len(packets), dtype=np.int64) * size,
            captured=np.full(len(packets), size, np.int64),
            lengths=np.full(len(packets), size, np.int64),
            times=times[rows],
            link=Link.ETHERNET,
            now=float(times[rows.stop - 1]),
        )

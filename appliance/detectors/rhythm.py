"""How regular a series is: the measures of RITA (``analysis/beacons.go``, version 5). Pure.

Each gives 0, nothing regular, to 1, a machine. Bowley's skewness says whether the middle half of
the values is symmetrical, the median absolute deviation (MAD) how far the typical one is from the
median.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median, pstdev, quantiles

_NARROW = 10.0
"""A middle half narrower than this is taken as symmetrical, as RITA does."""
_SHORTEST_DAY = 11
"""Hours from which on a histogram may have two levels and still be regular (RITA)."""
_HALF_A_DAY = 12
_DAY = 24


def deviation(values: Sequence[float]) -> float:
    """Give the median absolute deviation of *values* as a share of their median."""
    middle = median(values)
    if middle <= 0:
        return 0.0
    return median(abs(value - middle) for value in values) / middle


def evenness(values: Sequence[float]) -> float:
    """Give how alike *values*, two or more, are: of intervals or of sizes."""
    first, middle, third = quantiles(values, n=4, method="inclusive")
    skewed = third - first >= _NARROW and middle not in (first, third)
    skew = abs((first + third - 2 * middle) / (third - first)) if skewed else 0.0
    return ((1 - skew) + max(0.0, 1 - deviation(values))) / 2


def steadiness(counts: Sequence[int]) -> float:
    """Give how alike the counts of calls per hour are, from the first hour to the last."""
    average = fmean(counts) if counts else 0.0
    if average == 0:
        return 0.0
    alike = max(0.0, 1 - pstdev(counts) / average)
    if len(counts) < _SHORTEST_DAY:
        return alike
    return max(alike, _two_levels(counts))


def endurance(counts: Sequence[int]) -> float:
    """Give how much of a day has calls: the share of its hours, or the longest run in half days."""
    hours = sum(count > 0 for count in counts)
    return min(1.0, max(hours / _DAY, longest_run(counts) / _HALF_A_DAY))


def longest_run(counts: Sequence[int]) -> int:
    """Give how many hours in a row have calls."""
    longest = run = 0
    for count in counts:
        run = run + 1 if count else 0
        longest = max(longest, run)
    return longest


def gaps(times: Sequence[float]) -> list[float]:
    """Give the intervals between *times*, in order."""
    return [after - before for before, after in pairwise(times)]


def _two_levels(counts: Sequence[int]) -> float:
    """Give the share of hours that have one of the two commonest counts, one outlier aside.

    Counts within 5 % of the largest are one.
    """
    width = max(1.0, max(counts) * 0.05)
    levels: dict[int, int] = {}
    for count in counts:
        if count:
            level = int(count / width)
            levels[level] = levels.get(level, 0) + 1
    commonest = sorted(levels.values(), reverse=True)[:2]
    return min(1.0, sum(commonest) / max(1, len(counts) - 1))

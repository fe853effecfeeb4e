"""The days of the lunar month by their names (初一 to 三十), and the market days among them, told by how they end."""

DIGITS = "一二三四五六七八九十"
LUNAR_NAMES = dict(
    enumerate([*(f"初{digit}" for digit in DIGITS), *(f"十{digit}" for digit in DIGITS[:9]), "二十"], start=1)
) | {20 + number: f"廿{digit}" for number, digit in enumerate(DIGITS[:9], start=1)}
LUNAR_NAMES[30] = "三十"
ENDINGS = {ending: frozenset(range(ending, 31, 10)) for ending in range(1, 11)}  # 逢一 is 初一, 十一, 廿一


def lunar_endings(days) -> tuple[list[int], list[int]]:
    """(endings all of whose days are among them, the days besides): 2, 12, 22 and 15 are 逢二 and 十五."""
    days = set(days)
    endings = [ending for ending, all_of_it in ENDINGS.items() if all_of_it <= days]
    return endings, sorted(days.difference(*(ENDINGS[ending] for ending in endings)))

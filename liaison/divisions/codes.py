"""Official codes of administrative divisions (行政区划代码): the code is the path.

A division's descendants are one range of codes. How many digits of a code carry meaning follows from the level
(GB/T 2260 for the first six digits, GB/T 10114 for three more, the statistical bureau's for the last three), never
from trailing zeros: 230000 is the province, 230100 a city, and both end in zeros.
"""

SIGNIFICANT = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}
LEVEL_OF_LENGTH = {2: 1, 9: 4, 12: 5}
KINDS_OF_RANGE = (("001", "099", "street"), ("100", "199", "town"), ("200", "399", "township"), ("400", "999", "quasi"))


def level_of(code: str) -> int:
    """1 province to 5 village. Six digits are a province, a city or a county by their zeros; raises ValueError else."""
    if not code.isascii() or not code.isdigit():
        raise ValueError(code)
    if len(code) == 6:
        return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
    if len(code) not in LEVEL_OF_LENGTH:
        raise ValueError(code)
    return LEVEL_OF_LENGTH[len(code)]


def parent_of(code: str) -> str:
    """The code one level up in its usual length; '' for a province."""
    level = level_of(code)
    if level == 1:
        return ""
    stem = code[: SIGNIFICANT[level - 1]]
    return stem if level >= 4 else stem.ljust(6, "0")


def kind_of(code: str) -> str:
    """What a township-level code denotes: street, town, township or quasi-unit (farm, zone); '' on other levels."""
    if level_of(code) != 4:
        return ""
    part = code[6:9]
    return next((kind for low, high, kind in KINDS_OF_RANGE if low <= part <= high), "quasi")


def code_range(code: str, level: int | None = None) -> tuple[str, str]:
    """(low, high) with low <= every descendant's code < high, the division itself included.

    A code without a level of its own ('X…', retired without a code) holds only itself.
    """
    if not code.isdigit():
        return code, code + "\x01"
    stem = code[: SIGNIFICANT[level or level_of(code)]]
    return stem, str(int(stem) + 1).zfill(len(stem))

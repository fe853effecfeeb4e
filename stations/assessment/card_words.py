"""A scorecard in words, line by line in the order of the screen: for papers, and to be kept as it was said."""

from django.utils.translation import pgettext

from stations.eight_haves.evaluation import Scorecard
from stations.eight_haves.models import AT_LEAST
from stations.eight_haves.plain import plain
from stations.eight_haves.standard import STANDINGS


def lines_of(card: Scorecard) -> list[dict]:
    return [_line(have) for have in plain(card)["haves"]]


def _line(have) -> dict:
    """`have` as `plain` gives it."""
    return {
        "key": have["key"],
        "name": have["name"],
        "standing": have["standing"],
        "label": str(STANDINGS[have["standing"]]),
        "sentence": have["sentence"],
        "remarks": have["remarks"],
        "criteria": [_criterion(criterion) for criterion in have["criteria"]],
    }


def _criterion(said) -> dict:
    return {
        "measure": said["measure"],
        "name": said["name"] if said["is_required"] else pgettext("criterion", "%s (shown only)") % said["name"],
        "value": _with_unit(said["value"], said) if said["value"] is not None else "—",
        "wanted": _wanted(said),
        "standing": said["standing"],
        "label": str(STANDINGS[said["standing"]]),
        "words": said["words"],
    }


def _wanted(said) -> str:
    """不少于2次；基本达标：不少于1次."""
    if said["met"] is None:
        return "—"
    easier = said["basically"]
    words = _compared(said["met"], said)
    if easier is None:
        return words
    if said["comparison"] == AT_LEAST and not float(easier):
        return pgettext("threshold", "%s; basically met otherwise") % words
    return pgettext("threshold", "%(met)s; basically met: %(basically)s") % {
        "met": words,
        "basically": _compared(easier, said),
    }


def _compared(number, said) -> str:
    words = (
        pgettext("threshold", "at least %s") if said["comparison"] == AT_LEAST else pgettext("threshold", "at most %s")
    )
    return words % _with_unit(number, said)


def _with_unit(number, said) -> str:
    return f"{number}{said['unit']}"

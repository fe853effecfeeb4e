"""A scorecard in words, line by line in the order of the screen: for papers, and to be kept as it was said."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stations.eight_haves.evaluation import Scorecard
from stations.eight_haves.models import AT_LEAST
from stations.eight_haves.plain import plain
from stations.eight_haves.standard import STANDINGS

STOPS = "。. "


def lines_of(card: Scorecard) -> list[dict]:
    return [_line(have) for have in plain(card)["haves"]]


def lacking_words(card: Scorecard) -> str:
    """How many are lacking, and one a line what."""
    if card.is_met:
        return _("%(words)s.") % {"words": card.lacking_words}
    lines = [_("%(names)s: %(reason)s") % {"names": each.have.name, "reason": each.sentence} for each in card.lacking]
    return "\n".join([card.lacking_words, *lines])


def finding_words(inspector: str, on: str, reason: str, evidence: str) -> str:
    """Who, when, why and by what (认定人、日期、理由、佐证), in one sentence whatever stops were typed."""
    said = [inspector, on, _("reason: %(words)s") % {"words": reason.rstrip(STOPS)}]
    said += [_("evidence: %(words)s") % {"words": evidence.rstrip(STOPS)}] if evidence else []
    return pgettext("finding", ", ").join(said)


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
    """至少2次，至少1次为基本达标."""
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

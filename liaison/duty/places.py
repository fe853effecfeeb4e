"""Where the record behind a row lies, for whoever may open it: a reader's own pages or the work platform."""

from django.urls import reverse

from feedback.proposals.models import Proposal
from representatives.models import DutyEntry, VoterReport
from stations.visits.models import Visit

MODELS = {"visit": Visit, "proposal": Proposal, "entry": DutyEntry, "report": VoterReport}


def parts_of(key: str) -> tuple[str, int] | None:
    """("visit", 12) of `visit:12`; None for what is no key of a row."""
    kind, _colon, number = key.partition(":")
    is_key = kind in MODELS and number.isascii() and number.isdecimal() and len(number) < 18
    return (kind, int(number)) if is_key else None


def at_work(rows, user) -> dict[str, str]:
    """Addresses on the work platform by the rows' keys, of those the user may see; one question for each kind."""
    wanted: dict[str, set[int]] = {}
    for key in rows:
        kind, number = parts_of(key) or ("", 0)
        if kind:
            wanted.setdefault(kind, set()).add(number)
    found = {}
    for kind, numbers in wanted.items():
        seen = MODELS[kind].objects.visible_to(user).filter(pk__in=numbers).order_by().values_list("pk", flat=True)
        found |= {f"{kind}:{pk}": _change_page(MODELS[kind], pk) for pk in seen}
    return found


def _change_page(model, pk) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=(pk,))


def of_ones_own(row) -> str:
    """Of a representative's own pages: a proposal has one."""
    kind, number = parts_of(row.key) or ("", 0)
    return reverse("duty:proposal", args=(number,)) if kind == "proposal" else ""

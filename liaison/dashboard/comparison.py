"""A figure beside itself in another period: the other number, and the difference in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from liaison.tools.figures import Figure


def beside(now: Figure, before: Figure | None) -> str:
    """What the page says of the other period; nothing of a figure that only stands as of today."""
    if before is None or now.of_today:
        return ""
    if before.value is None:
        return _("nothing then to compare with")
    words = {"before": f"{before.value}{before.unit}", "difference": difference(now, before)}
    return _("then %(before)s, %(difference)s") % words


def difference(now: Figure, before: Figure) -> str:
    """Percentages differ by points (百分点), everything else by its own unit."""
    if now.value is None:
        return _("nothing now")
    change = Decimal(str(now.value)) - Decimal(str(before.value))
    if not change:
        return _("no change")
    amount = f"{abs(change):f}"
    if now.is_rate:
        words = _("%(amount)s percentage points more") if change > 0 else _("%(amount)s percentage points less")
    else:
        words = _("%(amount)s more") if change > 0 else _("%(amount)s less")
    return words % {"amount": amount}

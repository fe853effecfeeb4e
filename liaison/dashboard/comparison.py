"""A figure beside itself in another period: the other number, and the difference in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from liaison.tools.figures import Figure


def stands_alone(now: Figure, before: Figure | None) -> bool:
    """It was to be compared, and there was nothing then: said once for all such figures of a page."""
    return before is not None and not now.of_today and before.value is None


def beside(now: Figure, before: Figure | None) -> str:
    """What the page says of the other period; nothing of a figure that only stands as of today or stands alone."""
    if before is None or now.of_today or before.value is None:
        return ""
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

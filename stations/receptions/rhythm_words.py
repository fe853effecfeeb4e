"""A rhythm said as people say it: 每月10日; 单月15日; 每月第一个周五; 每周一; 农历逢二、五、八; 供暖季每周三."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from stations.receptions.lunar import DIGITS, LUNAR_NAMES, lunar_endings
from stations.receptions.rhythm import DATES, EVEN, EVERY_MONTH, LAST, LUNAR, MONTHLY, NTH, ODD, WEEKLY, Rhythm
from stations.receptions.words import WEEKDAYS, day_words

HEATING = ((10, 20), (4, 20))  # when Harbin is heated
ORDINALS = {
    1: pgettext_lazy("of the month", "first"),
    2: pgettext_lazy("of the month", "second"),
    3: pgettext_lazy("of the month", "third"),
    4: pgettext_lazy("of the month", "fourth"),
    5: pgettext_lazy("of the month", "fifth"),
    LAST: pgettext_lazy("of the month", "last"),
}
MOST_DATES = 4  # said one by one


def rhythm_in_words(rhythm: Rhythm) -> str:
    return _season(rhythm.season) + _SAID[rhythm.kind](rhythm)


def _season(season) -> str:
    if season is None:
        return ""
    if season == HEATING:
        return pgettext("season", "in the heating season ")
    first, last = (day_words(date(2024, *end)) for end in season)
    return _("from %(first)s to %(last)s ") % {"first": first, "last": last}


def _months(months) -> str:
    if months in (EVERY_MONTH, ODD, EVEN):
        return {EVERY_MONTH: _("every month "), ODD: _("odd months "), EVEN: _("even months ")}[months]
    return _("months %(months)s ") % {"months": _joined(sorted(months))}


def _some_months(months) -> str:
    """Nothing where it is every month, which then need not be said."""
    return "" if months == EVERY_MONTH else _months(months)


def _joined(words) -> str:
    return "、".join(map(str, words))


def _weekly(rhythm):
    days = _joined(WEEKDAYS[number - 1] for number in sorted(rhythm.numbers))
    return _some_months(rhythm.months) + _("every %(weekdays)s") % {"weekdays": days}


def _monthly(rhythm):
    return _months(rhythm.months) + _("on day %(days)s") % {"days": _joined(sorted(rhythm.numbers))}


def _nth(rhythm):
    which = _joined(ordinal for number, ordinal in ORDINALS.items() if number in rhythm.nth)
    days = _joined(WEEKDAYS[number - 1] for number in sorted(rhythm.numbers))
    return _months(rhythm.months) + _("on the %(which)s %(weekdays)s") % {"which": which, "weekdays": days}


def _lunar(rhythm):
    endings, days = lunar_endings(rhythm.numbers)
    said = []
    if endings:
        said.append(_("days ending in %(endings)s") % {"endings": _joined(DIGITS[ending - 1] for ending in endings)})
    if days:
        said.append(_joined(LUNAR_NAMES[day] for day in days))
    return _some_months(rhythm.months) + _("by the lunar calendar on %(days)s") % {"days": _joined(said)}


def _dates(rhythm):
    first, *others = sorted(rhythm.dates)[:MOST_DATES] or [None]
    said = [date_format(first)] if first else []
    for day, before in zip(others, [first, *others], strict=False):
        said.append(day_words(day) if day.year == before.year else date_format(day))
    if len(rhythm.dates) > MOST_DATES:
        return _("%(days)s and others, %(count)s days") % {"days": _joined(said), "count": len(rhythm.dates)}
    return _joined(said)


_SAID = {WEEKLY: _weekly, MONTHLY: _monthly, NTH: _nth, LUNAR: _lunar, DATES: _dates}

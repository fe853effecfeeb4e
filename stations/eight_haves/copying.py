"""A new version begins as a copy: a draft with the same items, criteria and thresholds."""

import re

from stations.eight_haves.models import Standard

LAST_NUMBER = re.compile(r"(\d+)(\D*)$")
LONGEST = 20


def next_version(standard: Standard) -> str:
    """The number in its version raised until it is free: 1 to 2, “2026年” to “2027年”."""
    taken = set(Standard.objects.filter(name=standard.name).values_list("version", flat=True))
    version = standard.version
    while version in taken:
        version = _raised(version)
    return version


def _raised(version):
    found = LAST_NUMBER.search(version)
    if not found:
        return f"{version[: LONGEST - 2]}-2"
    number, rest = found.groups()
    return f"{version[: found.start()]}{int(number) + 1}{rest}"[-LONGEST:]


def copy_items(source: Standard, draft: Standard) -> None:
    for have in source.haves.prefetch_related("criteria__thresholds"):
        criteria = list(have.criteria.all())
        copied = _copy(have, standard=draft)
        for criterion in criteria:
            _copy_criterion(criterion, copied)


def _copy_criterion(criterion, have):
    thresholds = list(criterion.thresholds.all())
    copied = _copy(criterion, have=have)
    for threshold in thresholds:
        _copy(threshold, criterion=copied)


def _copy(row, **place):
    """The same facts, elsewhere."""
    facts = {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}
    return type(row).objects.create(**facts | place)

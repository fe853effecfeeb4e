"""What the demo tells everybody: what was solved, in reviewed words, and the office's notices."""

from datetime import timedelta

from feedback.opinions.publications import Publication, why_not_to_publish
from liaison.demo.days import Year
from liaison.demo.library import rows
from liaison.notices.models import Announcement

DAYS_TO_REVIEW = 2


def publish_results(year: Year, opinions: dict, company) -> None:
    """Of the opinions by their matter's key: whatever is solved and told is published two days later."""
    for row in rows("publications"):
        opinion = opinions.get(row["matter"])
        if opinion and why_not_to_publish(opinion) is None:
            officer = company.officers[opinion.division_id[:6]]
            told = Publication(opinion=opinion, title=row["title"], text=row["text"], written_by=opinion.taker)
            told.publish(officer, min(opinion.fed_back_on + timedelta(days=DAYS_TO_REVIEW), year.last))
            told.save()


def announce(year: Year, company) -> None:
    for row in rows("notices"):
        shown_from = year.today - timedelta(days=int(row["days_ago"]))
        shown = int(row["days_shown"]) if row["days_shown"] else None
        Announcement.objects.create(
            division_id=row["division"],
            title=row["title"],
            text=row["text"],
            published_from=shown_from,
            published_to=shown_from + timedelta(days=shown) if shown else None,
            is_pinned=row["pinned"] == "yes",
            entered_by=company.officers[row["division"][:6]],
        )

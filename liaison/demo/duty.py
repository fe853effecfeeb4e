"""What the demo has on record of duty: a session, a training, a report to voters, requests for correction."""

from datetime import date, timedelta

from liaison.demo.days import moment
from liaison.demo.library import phrase
from liaison.demo.places import DISTRICT
from representatives.models import ChecklistItem, CorrectionRequest, DutyEntry, Mandate, VoterReport

OWN_ACCOUNT = "representative"
ON_LEAVE, ABSENT = 17, 23  # every so manieth
SESSION = (1, 8)  # month and day
TALLY = {"satisfied": 33, "basically_satisfied": 6, "dissatisfied": 1, "abstained": 2}


def keep(year, company) -> None:
    officer = company.officers[DISTRICT]
    seats = list(Mandate.objects.filter(term__congress__division=DISTRICT, status="active").order_by("id"))
    _hold_session(year.last, seats, officer)
    _ask_for_two_receptions(year.last)
    own = Mandate.objects.filter(person__user__username=OWN_ACCOUNT).order_by("id").first()
    _report(year.last, own, officer)
    _ask(year.last, own, officer)


def _hold_session(last, seats, officer) -> None:
    """This year's, or last year's where this one's is yet to come."""
    day = date(last.year, *SESSION)
    day = day if day <= last else date(last.year - 1, *SESSION)
    _enter(day, "congress", phrase("duty_session"), seats, officer)
    _enter(day - timedelta(days=45), "training", phrase("duty_training"), seats[::3], officer)


def _enter(day, kind, title, seats, officer) -> None:
    facts = {"kind_id": kind, "date": day, "title": title, "entered_by": officer, "entered_at": moment(day, 17)}
    held = [seat for seat in seats if seat.starts_on <= day]
    DutyEntry.objects.bulk_create(
        DutyEntry(mandate=seat, status=_status(number), **facts) for number, seat in enumerate(held, 1)
    )


def _status(number) -> str:
    if number % ABSENT == 0:
        return "absent"
    return "leave" if number % ON_LEAVE == 0 else "present"


def _ask_for_two_receptions(last) -> None:
    """An example of a checklist; none is shipped."""
    lines = (("reception", 2, "duty_checklist_reception"), ("proposal", 1, "duty_checklist_proposal"))
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            division_id=DISTRICT, level=4, kind_id=kind, at_least=least, words=phrase(words), first_year=last.year - 1
        )
        for kind, least, words in lines
    )


def _report(last, own, officer) -> None:
    day = last - timedelta(days=40)
    words = {name: phrase(f"duty_report_{name}") for name in ("place", "summary", "questions", "follow_ups")}
    entered = {"entered_by": officer, "entered_at": moment(day, 17)}
    VoterReport.objects.create(mandate=own, date=day, audience=45, **TALLY, **words, **entered)


def _ask(last, own, officer) -> None:
    """One that waits, one that was answered."""
    facts = {"mandate": own, "asked_on": last - timedelta(days=20)}
    answered = CorrectionRequest.objects.create(text=phrase("duty_missing"), **facts)
    told = DutyEntry.objects.filter(mandate=own, is_mistaken=False).order_by("date", "pk").last()
    found = {"row": f"entry:{told.pk}", "about": str(told)} if told else {}
    answered.decide("accepted", phrase("duty_answer"), officer, last - timedelta(days=18), **found)
    CorrectionRequest.objects.create(
        mandate=own, asked_on=last - timedelta(days=2), text=phrase("duty_wrong"), about=phrase("duty_about")
    )

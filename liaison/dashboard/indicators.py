"""The thirteen indicators (十三项), in order and with their definitions. The apps count what stands under them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Indicator:
    """`keys` are of the figures shown, in order; one that ends in `*` stands for every figure whose key begins so.

    `waits` says in a sentence what is missing where no figure has the key.
    """

    title: str
    definition: str
    keys: tuple[str, ...]
    waits: dict[str, str] = field(default_factory=dict)

    def found_in(self, figures) -> list[str]:
        return [key for wanted in self.keys for key in _matching(wanted, figures)]

    def waiting(self, figures) -> list[str]:
        return [words for wanted, words in self.waits.items() if not _matching(wanted, figures)]


def _matching(wanted, figures):
    if wanted.endswith("*"):
        return [key for key in figures if key.startswith(wanted[:-1])]
    return [wanted] if wanted in figures else []


INDICATORS = [
    Indicator(
        _("Stations and coverage"),
        _(
            "Coverage of streets and townships = streets and townships with a station in normal operation ÷ all "
            "streets and townships (development zones, farms and other quasi-township units stand apart and are not in "
            "the denominator; Harbin's denominator is 303)"
        ),
        ("street_coverage", "quasi_coverage", "stations_operating"),
    ),
    Indicator(
        _("Eight-haves attainment"),
        _(
            "Stations that meet all eight ÷ stations to be checked; the rate of each. Stations to be checked are of "
            "the kinds the version of the standard names"
        ),
        ("eight_haves_met", "have_met_*"),
        {"eight_haves_met": _("Waits for the eight-haves to be evaluated station by station.")},
    ),
    Indicator(
        _("Representatives placed at stations"),
        _("Mandates with a place at a station ÷ mandates in office, by the five levels"),
        ("mandates_assigned",),
    ),
    Indicator(
        _("Representatives entering stations"),
        _(
            "Entry rate = representatives who entered once or more ÷ representatives with a place; attendances; the "
            "four counts of entries (representatives, government departments, leaders, congress work)"
        ),
        (
            "representatives_entered",
            "representative_attendances",
            "entries_representatives",
            "entries_departments",
            "entries_leaders",
            "entries_congress_work",
            "visits_held",
        ),
    ),
    Indicator(
        _("Reception days"),
        _(
            "To be held, held, shifted, cancelled; residents received; taken-on rate = taken on by somebody and told ÷ "
            "received in receptions"
        ),
        (
            "receptions_planned",
            "receptions_held",
            "receptions_shifted",
            "receptions_cancelled",
            "reception_residents",
            "residents_received",
            "taken_on_and_told",
        ),
        {"receptions_planned": _("Planned, held, shifted and cancelled wait for reception days to be entered.")},
    ),
    Indicator(
        _("Opinions and suggestions of residents"),
        _("Received, accepted, in hand, by category, source and place; common problems"),
        ("opinions_received", "opinions_accepted", "opinions_open", "opinions_common"),
        {"opinions_common": _("Common problems wait for opinions about the same matter to be put together.")},
    ),
    Indicator(
        _("Quality of handling"),
        _(
            "Acceptance rate, assigned-in-time rate, reply rate, on-time reply rate, closing rate, solved rate (solved "
            "÷ replied), told rate, satisfaction (satisfied; satisfied + basically satisfied; residents' own and those "
            "entered after a call apart), median days of handling"
        ),
        (
            "accepted_rate",
            "assigned_in_time",
            "reply_rate",
            "replied_on_time",
            "closed_rate",
            "solved_rate",
            "told_rate",
            "median_handling_days",
            "satisfied",
            "satisfied_or_basically",
            "rated_by_resident",
            "satisfied_on_behalf",
            "satisfied_or_basically_on_behalf",
            "rated_on_behalf",
        ),
    ),
    Indicator(
        _("Overdue without a reply"),
        _("By handling department, by station"),
        ("opinions_overdue",),
    ),
    Indicator(
        _("What became of opinions"),
        _(
            "Opinions taken up in proposals ÷ opinions accepted; number of proposals that came of them; number of "
            "items taken up by laws and plans"
        ),
        ("opinions_in_proposals", "proposals_from_opinions", "opinions_in_laws"),
        {
            "opinions_in_proposals": _("Waits for proposals of representatives to be entered."),
            "opinions_in_laws": _("Items taken up by laws and plans wait for consultations to be entered."),
        },
    ),
    Indicator(
        _("Handling of representatives' proposals"),
        _(
            "Number (at the session, between sessions); reply rate, on-time reply rate, met-in-person rate, types "
            "A/B/C/D; delivered rate (delivered ÷ replied); promises kept; satisfaction (with the handling, with the "
            "result); handled again; key supervision"
        ),
        (
            "proposals_received",
            "proposals_in_session",
            "proposals_between_sessions",
            "proposals_replied",
            "proposals_replied_on_time",
            "proposals_met_in_person",
            "proposals_type_*",
            "proposals_delivered",
            "promises_kept",
            "proposals_satisfied*",
            "proposals_rehandled",
            "proposals_key",
        ),
        {
            "proposals_received": _("Waits for proposals of representatives to be entered."),
            "promises_kept": _("Promises kept wait for promises to be entered with the replies."),
        },
    ),
    Indicator(
        _("Representatives' duty"),
        _(
            "Counts by kind; representatives without a record in the period (shown to the committee for "
            "representatives' work only, for reminding one by one)"
        ),
        ("duty_records", "representatives_without_record"),
    ),
    Indicator(
        _("Activity funds"),
        _("Stations that reach the standard ÷ stations to be funded; rate of execution"),
        ("stations_funded", "funds_spent"),
        {
            "stations_funded": _("Waits for activity funds to be entered."),
            "funds_spent": _("The rate of execution waits for spending to be entered."),
        },
    ),
    Indicator(
        _("Paired contact"),
        _("Held ÷ planned; those not held for more than 6 months"),
        ("pairings_held", "pairings_silent"),
        {"pairings_held": _("Waits for pairings of committees with stations to be entered.")},
    ),
]

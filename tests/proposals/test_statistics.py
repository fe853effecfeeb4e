"""Each figure of proposals against a count by hand, and the table of rates against the figures."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from feedback.proposals import numbering, rates
from feedback.proposals.models import Proposal, ReplyType
from feedback.proposals.statistics import PARTS, figures
from liaison.tools.periods import Period
from tests.access.crawling import signed_in
from tests.support import factories as make

YEAR, TODAY = Period(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 11, 1)
RATES = "/admin/proposals/proposal/rates/"


@pytest.fixture
def other():
    return make.organisation(name="Other")


@pytest.fixture
def year(here, other):
    """Four of the department's (one late, one not answered, one delivered), one of another's, one nobody's, and one
    withdrawn; three opinions, two of them accepted, one of these in two proposals."""
    heard = [make.opinion(here.station, on=date(2026, 2, 1)) for _ in range(3)]
    for opinion in heard[:2]:
        make.Life(opinion, here.department).until("accepted", date(2026, 2, 2))
    first = make.Road(here.proposal(opinions=heard[:1], session=5, is_key=True), here.department).until("replied")
    first.met_on, first.delivered_on = date(2026, 3, 9), date(2026, 5, 1)
    first.save()
    make.Road(here.proposal(opinions=heard[:1]), here.department).until("closed", reply=date(2026, 7, 1), close=TODAY)
    make.Road(here.proposal(), here.department).until("handling")
    make.Road(here.proposal(on=date(2026, 10, 1)), here.department).until(
        "assigned", review=date(2026, 10, 2), assign=date(2026, 10, 3)
    )
    road = make.Road(here.proposal(), other)
    road.until("handling")
    road.go("reply", reply_type=ReplyType.objects.get(code="C"))
    here.proposal()
    make.Road(here.proposal(opinions=heard[1:2]), here.department).go("withdraw", note="asked for")
    here.proposal(on=date(2025, 12, 31))


def counted(user):
    return {figure.key: figure for figure in figures(lambda model: model.objects.visible_to(user), YEAR, TODAY)}


def test_every_figure_is_what_a_count_by_hand_gives(here, year):
    found = counted(here.officer)
    assert {key: figure.value for key, figure in found.items() if not figure.is_rate} == {
        "proposals_received": 6,
        "proposals_in_session": 1,
        "proposals_between_sessions": 5,
        "proposals_key": 1,
        "proposals_from_opinions": 2,
    }
    parts = {key: (row.numerator_count, row.denominator_count) for key, row in found.items() if row.is_rate}
    assert parts == {
        "proposals_replied": (3, 5),
        "proposals_replied_on_time": (2, 4),
        "proposals_met_in_person": (1, 3),
        "proposals_delivered": (1, 3),
        "proposals_type_a": (2, 3),
        "proposals_type_b": (0, 3),
        "proposals_type_c": (1, 3),
        "proposals_type_d": (0, 3),
        "opinions_in_proposals": (1, 2),
    }


def test_every_figure_is_counted_again_from_its_rows(here, year):
    for figure in counted(here.officer).values():
        assert figure.recount() == figure.value, figure.key


def test_they_are_taken_apart_by_lead_handler(here, year):
    found = counted(here.officer)
    parts = PARTS[0].counts(found["proposals_received"].rows)
    assert sorted((words, size) for _value, words, size in parts) == [
        (str(here.department), 4),
        ("Other", 1),
        ("not stated", 1),
    ]


def cells_of(line):
    return [line.cells[0].part, *((cell.part, cell.whole) for cell in line.cells[1:])]


def test_the_table_has_a_line_for_each_unit_and_their_sum(here, year):
    found = rates.figures_of(here.officer, "dashboard.view_figures", YEAR, TODAY)
    table = {line.unit: cells_of(line) for line in rates.table_of(found, YEAR)}
    assert table == {
        str(here.department): [4, (2, 4), (1, 3), (1, 2), (1, 2)],
        "Other": [1, (1, 1), (1, 1), (0, 1), (0, 1)],
        "not yet assigned": [1, (0, 0), (0, 0), (0, 0), (0, 0)],
        "all together": [6, (3, 5), (2, 4), (1, 3), (1, 3)],
    }


def test_each_number_opens_its_rows(here, year):
    client, days = signed_in(here.officer), "from=2026-01-01&to=2026-12-31"
    for key, unit, rows in [
        ("proposals_received", "", 6),
        ("proposals_received", here.department.pk, 4),
        ("proposals_received", "none", 1),
        ("proposals_delivered", here.department.pk, 2),
        ("proposals_type_c", "", 3),
    ]:
        page = client.get(f"{RATES}{key}/?{days}&handler={unit}")
        assert page.context["count"] == rows == len(page.context["rows"]), key
        assert f'data-count="{rows}"' in page.content.decode()


def test_the_table_is_taken_away(here, year):
    response = signed_in(here.officer).get(f"{RATES[:-1]}.xlsx?from=2026-01-01&to=2026-12-31")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines) == 5
    assert lines[-1][1:5] == (6, 3, 5, 60)


@pytest.mark.parametrize("query", ["from=abc", "to=2026-02-30", "from=2027-01-01&to=2026-01-01", "to=0001-01-01"])
def test_days_that_cannot_be_read_are_told_beside_their_field(query, here):
    page = signed_in(here.officer).get(f"{RATES}?{query}")
    assert page.status_code == 200
    assert set(page.context["form"].errors) <= {"from", "to"}
    assert page.context["form"].errors


@pytest.mark.parametrize("unit", ["abc", "-1", "9" * 30, "%00", "１"])
def test_a_department_that_is_none_is_not_there(unit, here):
    assert signed_in(here.officer).get(f"{RATES}proposals_delivered/?handler={unit}").status_code in (400, 404)


def test_nobody_counts_what_they_may_not_see(here, year):
    assert signed_in(make.granted("officer", code=make.NANGANG)).get(RATES).context["lines"] == []
    assert signed_in(here.clerk).get(RATES).status_code == 403
    assert signed_in(make.staff(here.station)).get(RATES).status_code == 403


# Numbers


def test_a_number_is_printed_by_session_or_between(here):
    at, between = here.proposal(session=5, sequence=12), here.proposal(sequence=7)
    assert at.label == "Congress 230102, term 18, session 5, proposal No. 12"
    assert between.label == "Proposal No. 7 between sessions"
    assert (at.key, between.key) == ("JY-230102-18-5-12", "JY-230102-18-0-7")
    assert Proposal.objects.keyed("JY-230102-18-5-12").get() == at


def test_numbers_in_titles_are_written_as_the_language_writes_them(here):
    with translation.override("zh-hans"):
        written = [numbering.written(number) for number in (1, 10, 11, 18, 20, 25, 100)]
        assert here.proposal(session=5, sequence=12).label == "Congress 230102第十八届第五次会议第12号建议"
        assert here.proposal(sequence=7).label == "闭会期间第7号建议"
    assert written == ["一", "十", "十一", "十八", "二十", "二十五", "100"]

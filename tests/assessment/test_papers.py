"""The field form in the order of the screen, and the binder that says what the records say."""

import io
import re
from collections import Counter
from datetime import date
from urllib.parse import quote_plus

import pytest
from pypdf import PdfReader

from feedback.opinions import ledgers, workflow
from feedback.opinions.binder import SAID
from liaison.tools import documents
from liaison.tools.cells import words_of
from liaison.tools.papers import without_numbers
from liaison.tools.periods import Period
from liaison.tools.workflow import RESIDENT
from stations.assessment.binder import binder_of
from stations.assessment.models import Assessment
from stations.eight_haves.evaluation import evaluate
from stations.register.models import RuleDocument
from tests.access.crawling import signed_in
from tests.access.test_queries import questions
from tests.assessment.conftest import TODAY, found
from tests.support import factories as make
from tests.support import printing
from tests.support.pdf import needs_pdf

YEAR = Period(date(2026, 1, 1), TODAY)
WAYS = re.compile(r'href="(/assessments/[^"]+)"')
SECRET = {"name": "柳三变", "phone": "13912345678", "identity_mode": "real"}


def plain(text) -> str:
    """Without breaks of lines and blanks; a radical is read as its character."""
    return re.sub(r"[\s—]+", "", printing.plain(text))


@pytest.fixture
def full(there):
    """A station with something of everything."""
    RuleDocument.objects.filter(station=there.station, kind="feedback").delete()
    found(there.station, standing="not_met", on=date(2026, 6, 1))
    there.until("rectifying")
    body = "三号楼没有电梯，请打13912345678"
    make.Life(make.opinion(there.station, body=body, reporter=SECRET, on=date(2026, 5, 1))).until("replied")
    return there


def binder(there, who="officer", known_by=TODAY):
    (card,) = evaluate([there.station], Period(YEAR.starts_on, max(TODAY, known_by)), known_by)
    return binder_of(card, there.people[who])


def section(made, title):
    (found_one,) = [each for each in made.sections if each.title == title]
    return found_one


def test_the_field_form_follows_the_screen(full):
    client = signed_in(full.people["officer"])
    text = client.get(f"/assessments/forms/{full.station.code}/?year=2026").text
    screen = client.get(f"/eight-haves/{full.station.code}/").text.partition('<ul class="lines"')[2]
    names = ["有场地", "有标识", "有人员", "有制度", "有经费", "有活动", "有台账", "有实效"]
    for page in (text, screen):
        places = [page.index(name) for name in names]
        assert places == sorted(places)
    assert text.count('<span class="tick">') == 8 * 4
    assert "检查人员：" in text


def test_the_field_form_of_another_station_is_not_there(full):
    address = f"/assessments/forms/{full.station.code}/"
    assert signed_in(full.people["staff"]).get(address).status_code == 200
    assert signed_in(full.people["staff_elsewhere"]).get(address).status_code == 404


def test_the_binder_holds_every_item_its_rows_and_what_was_found(full):
    made = binder(full)
    titles = [each.title for each in made.sections]
    assert titles[:3] == ["基本情况", "“八有”达标情况", "有场地"]
    assert titles[-3:] == ["现场认定", "整改事项", "群众意见建议台账"]
    (card,) = evaluate([full.station], YEAR, TODAY)
    for line in card.lines:
        for result in line.results:
            only = "" if result.criterion.is_required else "（只展示，不影响达标）"
            behind = section(made, f"{line.have.name}：{result.measure.name}{only}")
            assert len(behind.rows) == len(result.reading.rows), behind.title
    assert [row[2] for row in section(made, "现场认定").rows] == ["未达标"]
    assert [row[1] for row in section(made, "整改事项").rows] == ["write the missing rule"]
    assert len(section(made, "群众意见建议台账").rows) == 2


def test_above_rows_that_are_not_what_is_counted_it_says_what_they_are(full):
    made = binder(full)
    missing, held = section(made, "有制度：缺少的必备制度"), section(made, "有活动：有接待记录的月份")
    assert list(missing.words) == [f"以下是在用制度，共{len(missing.rows)}条记录"]
    assert len(missing.rows) > 0
    assert list(held.words) == []
    assert section(made, "有标识：确认标识").rows[0][1] == "场地、挂牌、代表名册、接待安排表、二维码"


def test_a_past_cut_off_knows_nothing_that_came_after_it(full):
    """The opinion of May and the finding of June were entered, and the thing to be rectified was set, in November."""

    def sizes(known_by):
        made = binder(full, known_by=known_by)
        return [len(section(made, title).rows) for title in ("现场认定", "整改事项", "群众意见建议台账")]

    assert [sizes(day) for day in (date(2026, 4, 30), date(2026, 6, 30), TODAY)] == [[0, 0, 0], [0, 0, 0], [1, 1, 2]]


def test_a_past_cut_off_knows_how_far_a_rectification_was_then(full, time_machine):
    item, days = full.check.items.get(), [date(2026, 11, day) for day in (4, 5, 6, 7)]
    for day, act in zip(days, (full.mend, full.recheck, full.mend, full.recheck), strict=True):
        time_machine.move_to(make.moment(day), tick=False)
        act(item, **{"is_in_order": day.day == 7, "note": "seen"} if act == full.recheck else {})

    def known(day):
        ((_have, _what, _due, how_far, done),) = section(binder(full, known_by=day), "整改事项").rows
        return how_far, done

    open_one, waiting, closed = ("整改中", ""), ("待复查", "written"), ("已复查", "written")
    assert [known(day) for day in (TODAY, *days)] == [open_one, waiting, open_one, waiting, closed]


def test_the_ledger_of_a_past_cut_off_tells_how_far_each_opinion_was_then(full, time_machine):
    def ask_again():
        for key, facts in (
            ("rate", {"score": "dissatisfied", "reason": "still dark"}),
            ("ask_again", {"note": "dark"}),
        ):
            life.opinion.move(workflow.MOVES[key], by=RESIDENT, **facts)

    def known(day):
        rows = section(binder(full, known_by=day), "群众意见建议台账").rows
        return [tuple(row[4:]) for row in rows if row[0] == life.opinion.number]

    first, *days = [date(2026, 11, day) for day in range(4, 10)]
    time_machine.move_to(make.moment(first), tick=False)
    life = make.Life(make.opinion(full.station))
    acts = [(life.accept, life.assign), (life.acknowledge, life.reply), (life.feed_back,), (ask_again,)]
    for day, act in ((day, act) for day, whole in zip(days, [*acts, acts[1]], strict=True) for act in whole):
        time_machine.move_to(make.moment(day), tick=False)
        act()
    name, said = str(life.department), "已解决\nmended"
    assert [known(day) for day in (TODAY, first, *days)] == [
        [],
        [("", "待核实", "", "")],
        [(name, "已交办", "", "")],
        [(name, "已答复待反馈", said, "")],
        [(name, "已反馈", said, "2026-11-07")],
        [(name, "重新办理", "", "")],
        [(name, "已答复待反馈", said, "")],
    ]


def test_the_ledger_of_today_is_the_ledger_of_the_station(full):
    """Read back from the steps, and as the rows say now."""
    for number, state in enumerate(("assigned", "replied", "fed_back", "archived"), 1):
        make.Life(make.opinion(full.station, on=date(2026, 5, number))).until(state, date(2026, 5, 9))
    user = full.people["officer"]
    columns = [column for column in ledgers.columns(user) if column.key in SAID]
    now = [[str(words_of(column.of(row))) for column in columns] for row in ledgers.rows(user, YEAR)]
    rows = section(binder(full), "群众意见建议台账").rows
    assert len(rows) == 6
    assert [[str(cell) for cell in row] for row in rows] == [[without_numbers(cell) for cell in row] for row in now]


def test_nobody_who_spoke_can_be_known_from_it(full):
    texts = "".join(binder(full).texts)
    assert "三号楼没有电梯" in texts
    for secret in ("柳三变", "13912345678", "实名", "Pine Court"):
        assert secret not in texts


def test_a_reader_finds_only_rows_in_reach(full):
    """A leader reads how stations stand, and neither visits nor opinions."""
    made = binder(full, "leader")
    assert "群众意见建议台账" not in [each.title for each in made.sections]
    (card,) = evaluate([full.station], YEAR, TODAY)
    (line,) = [line for line in card.lines if line.have.key == "activities"]
    behind = section(made, f"{line.have.name}：{line.results[0].measure.name}")
    assert (behind.rows, list(behind.words)) == ([], ["另有10条记录不在您的查看权限内，或后来已删除。"])
    assert len(section(made, "现场认定").rows) == 1


def test_the_page_to_print_says_what_the_binder_says(full):
    page = plain(
        re.sub(r"<[^>]+>", "", signed_in(full.people["officer"]).get(f"/assessments/binders/{full.station.code}/").text)
    )
    assert [text for text in binder(full).texts if plain(text) not in page] == []


@needs_pdf
def test_the_pdf_says_what_the_binder_says_and_no_more(full):
    answer = signed_in(full.people["officer"]).get(f"/assessments/binders/{full.station.code}/binder.pdf?year=2026")
    assert answer["Content-Type"] == "application/pdf"
    pages = [plain(re.sub(r"— \d+ —", "", page.extract_text())) for page in PdfReader(io.BytesIO(answer.content)).pages]
    read = "".join(pages)
    texts = [plain(text) for text in binder(full).texts]
    assert [text for text in texts if text not in read] == []
    more = Counter(read) - Counter("".join(texts))  # a table that goes on repeats its headings
    assert set(more) <= set(plain("".join(heading for each in binder(full).sections for heading in each.headings)))


def test_without_the_extra_the_pdf_leads_to_the_page(full, monkeypatch):
    monkeypatch.setattr(documents, "can_make_pdf", lambda: False)
    client = signed_in(full.people["officer"])
    answer = client.get(f"/assessments/binders/{full.station.code}/binder.pdf?year=2026")
    assert answer["Location"] == f"/assessments/binders/{full.station.code}/?year=2026"
    assert "binder.pdf" not in client.get(answer["Location"]).text


def test_another_station_s_binder_is_not_there(full):
    for name in ("", "binder.pdf"):
        address = f"/assessments/binders/{full.station.code}/{name}"
        assert signed_in(full.people["officer_elsewhere"]).get(address).status_code == 404
        assert signed_in(full.people["dispatcher"]).get(address).status_code == 403


PAPERS = ("binders/{code}/", "binders/{code}/binder.pdf", "forms/{code}/")


@pytest.mark.parametrize("asked", ["year=99999", "year=x", "year=1999", "known_by=x", "known_by=2026-11-04"])
def test_what_cannot_be_asked_has_no_paper(asked, full):
    client = signed_in(full.people["officer"])
    for address in PAPERS:
        assert client.get(f"/assessments/{address.format(code=full.station.code)}?{asked}").status_code == 404


def test_without_a_year_it_is_this_one(full):
    client = signed_in(full.people["officer"])
    for asked in ("", "?year="):
        assert "2026年1月1日" in client.get(f"/assessments/binders/{full.station.code}/{asked}").text


def test_the_cut_off_of_the_screen_is_that_of_the_papers(full):
    client = signed_in(full.people["officer"])
    screen = f"/eight-haves/{full.station.code}/?year=2026&known_by=2026-06-30"
    text = client.get(screen).text.replace("&amp;", "&")
    for address in PAPERS[::2]:
        way = f"/assessments/{address.format(code=full.station.code)}?year=2026&known_by=2026-06-30"
        assert f'href="{way}"' in text
        paper = client.get(way)
        assert "2026-06-30" in paper.text
        assert paper.context["back"] == screen
    assert f"back={quote_plus(f'{screen}#have-rules')}" in text
    assert "known_by=" not in "".join(WAYS.findall(client.get(f"/eight-haves/{full.station.code}/").text))


def test_a_check_of_a_year_no_longer_offered_leads_to_no_paper(full):
    def ways(year):
        Assessment.objects.update(year=year)
        address = f"/admin/assessment/assessment/{full.check.pk}/change/"
        return signed_in(full.people["officer"]).get(address).context["ways"]

    assert (len(ways(2024)), ways(2023)) == (3, [])


def another_of_each(there, day):
    make.visit(there.station, date(2026, 2, day))
    make.Life(make.opinion(there.station, on=date(2026, 5, day))).until("assigned", date(2026, 5, day))
    found(there.station, on=date(2026, 6, day))
    there.rectify(f"more {day}")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/assessments/binders/{code}/", 44),
        ("/assessments/forms/{code}/", 20),
        ("/eight-haves/{code}/", 25),
        ("/assessments/{check}/", 6),
        ("/admin/assessment/assessment/{check}/change/", 15),
    ],
)
def test_a_page_asks_as_much_for_few_rows_as_for_many(address, expected, full):
    address = address.format(code=full.station.code, check=full.check.pk)
    questions(signed_in(full.people["officer"]), address)  # the menu is kept from here on
    asked = []
    for days in (range(1, 2), range(2, 15)):
        for day in days:
            another_of_each(full, day)
        asked.append(questions(signed_in(full.people["officer"]), address))
    assert asked == [expected] * 2

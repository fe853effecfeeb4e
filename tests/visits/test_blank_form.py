"""The blank form: in the order of the screen, with a code that opens the page to enter it."""

import re

import pytest
from django.conf import settings

from feedback.submissions import qr
from tests.support import factories as make

BLANK = "/admin/visits/visit/blank/"
ORDER = [
    "日期",
    "时间",
    "地点",
    "进站类型",
    "活动形式",
    "参加代表",
    "其他参加人员",
    "接待群众",
    "主要内容",
    "成果",
    "承诺事项",
]


def test_the_paper_follows_the_screen(clerk, mandates):
    shown = clerk.get(BLANK).text
    rows = re.findall(r'<th scope="row">(.*?)</th>', shown)
    assert [row[: len(name)] for row, name in zip(rows, ORDER, strict=True)] == ORDER
    assert all(row.person.name in shown for row in mandates)


def test_its_code_opens_the_page_of_that_station(clerk, station):
    page = clerk.get(BLANK)
    address = f"{settings.SITE_URL}/admin/visits/visit/add/?station={station.pk}"
    assert page.context["entry"] == address
    assert qr.svg(address) in page.text
    assert clerk.get(address.removeprefix(settings.SITE_URL)).context["station"] == station


@pytest.mark.parametrize("station", ["0", "abc", "9" * 30])
def test_a_station_that_is_not_mine_has_none(client, station):
    make.office()
    client.force_login(make.staff(make.station()))
    assert client.get(BLANK, {"station": station}).status_code == 404

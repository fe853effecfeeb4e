"""The frame of every page: who runs it, the telephone and the hours at the same place, notices and choices."""

import pytest

from liaison.rulebook.models import Office
from tests.language import reading
from tests.support import factories as make
from tests.support.pages import Page

PAGES = ["/", "/stations/", "/opinions/new/", "/opinions/track/", "/representatives/", "/privacy/", "/accessibility/"]
PAGES += ["/feedback/", "/accounts/login/", "/nothing/"]


def footer(client, address):
    return reading.said(client.get(address).content.decode().partition("<footer")[2].partition(">")[2])


@pytest.mark.parametrize("address", PAGES)
def test_the_footer_says_it_word_for_word(client, address):
    line = "主办：Office230102电话：0451-00000000隐私说明对本网站提意见大字版English办公时间：MontoFri地址：QuietLane1"
    assert footer(client, address).startswith(line)


def test_a_station_s_page_has_the_station_s_telephone_and_hours_there(client):
    station = make.station(phone="0451-11111111", hours="Tuesdays")
    for address in (f"/opinions/new/?station={station.code}", f"/representatives/{make.placed(station)[0].person_id}/"):
        said = footer(client, address)
        assert said.startswith(f"{reading.plain(station.name)}电话：0451-11111111办公时间：Tuesdays主办："), address


def test_the_remark_form_knows_which_page_it_is_about(client):
    page = Page(client.get("/stations/?q=lane").content.decode())
    link = next(values["href"] for _tag, values in page.elements if values.get("href", "").startswith("/feedback/"))
    assert client.get(link).context["form"]["page"].value() == "/stations/"


def test_the_privacy_notice_says_how_long_and_to_whom(client):
    Office.objects.update(retention_years=7)
    said = reading.said(client.get("/privacy/").content.decode())
    for words in (
        "Office230102代表工作委员会负责",
        "办结后保存7年",
        "请拨打0451-00000000",
        "第十三条",
        "承办单位：",
        "撤回",
    ):
        assert words in said, words


@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/"])
def test_the_notices_stand_without_an_office_too(client, office, address):
    office.delete()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("shows", "times"), [(True, 1), (False, 0)])
def test_the_work_platform_of_a_demo_says_that_all_is_invented(client, settings, shows, times):
    settings.SHOWS_DEMO_DATA = shows
    client.force_login(make.granted("officer"))
    assert client.get("/admin/").content.decode().count("演示数据：机构、人物、事项均为虚构") == times

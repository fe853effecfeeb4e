"""One opinion travels all the way: a resident speaks, the station takes it on, a department answers."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from tests.journeys import work
from tests.journeys.work import move

WORDS = "楼道感应灯坏了两个多月，晚上上楼看不见台阶，老人摔过一次，希望尽快修好。"


@pytest.fixture(scope="module")
def station(site):
    """(code, name) of the station where the account `staff` works."""
    return work.station_of(site, "staff")[1:]


@pytest.fixture(scope="module")
def department(site):
    """The id of the organisation of the account `department_clerk`."""
    return work.organisation_of(site, "department_clerk")[0]


def photo(tmp_path):
    file = tmp_path / "lamp.jpg"
    Image.new("RGB", (1600, 1200), "grey").save(file)
    return file


def speak(page, code, tmp_path):
    """Fill the form as it is found at the station's own address, and send it."""
    page.goto(f"/s/{code}")
    page.fill("[name=matter]", WORDS)
    page.fill("[name=place]", "松涛苑7号楼2单元")
    page.set_input_files("[name=photos]", photo(tmp_path))
    page.click("form [type=submit]")
    return page.inner_text("#receipt-number"), page.inner_text("#receipt-code")


def look_up(page, number, code):
    page.goto("/opinions/track/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("form:has([name=code]) [type=submit]")
    return page.get_attribute("[data-status]", "data-status")


def test_one_opinion_travels_all_the_way(site, page_at, sign_in, station, department, tmp_path):
    resident = page_at(360, javascript=False, cookies=False)
    number, code = speak(resident, station[0], tmp_path)
    assert number.startswith("YJ-")
    assert len(code.replace("-", "")) == 11
    assert look_up(resident, number, code) == "submitted"
    opinion = int(number.split("-")[2])

    staff = page_at(1366)
    sign_in(staff, "staff")
    move(staff, opinion, "accept", summary="楼道灯")
    move(staff, opinion, "assign", organisation=department)
    clerk = page_at(1366)
    sign_in(clerk, "department_clerk")
    move(clerk, opinion, "acknowledge")
    move(clerk, opinion, "reply", text="灯已经更换，晚上可以正常照明。", outcome="solved")
    assert look_up(resident, number, code) == "replied"
    assert "灯已经更换" not in resident.content()  # the station checks it first
    move(staff, opinion, "feed_back", way="phone", note="已打电话告诉反映人。")

    assert look_up(resident, number, code) == "fed_back"
    assert "灯已经更换" in resident.content()
    resident.check("[name=score][value=satisfied]")
    resident.click("form:has([name=score]) [type=submit]")
    assert resident.get_attribute("[data-status]", "data-status") == "evaluated"
    assert resident.context.cookies() == []
    move(staff, opinion, "archive")
    assert site.sql("SELECT state FROM opinions_opinion WHERE id = %s", opinion) == [("archived",)]
    assert site.sql("SELECT COUNT(*) FROM opinions_opinionphoto WHERE opinion_id = %s", opinion) == [(1,)]


def test_twenty_parallel_posts_of_one_token_give_one_opinion_and_one_receipt(site, station):
    form = site.client().get("/opinions/new/", station=station[0]).fields()
    said = form | {"matter": "这件事只说了一次", "place": "松涛苑"}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: site.client().post("/opinions/new/", said), range(20)))
    receipts = {(answer.text_of("receipt-number"), answer.text_of("receipt-code")) for answer in answers}
    assert {answer.status for answer in answers} == {200}
    assert len(receipts) == 1
    assert site.sql("SELECT COUNT(*) FROM opinions_opinion WHERE body = %s", "这件事只说了一次") == [(1,)]


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(site):
    known = site.sql("SELECT year, id FROM opinions_opinion ORDER BY id LIMIT 1")[0]
    asked = [f"YJ-{known[0]}-{known[1]:04d}", "YJ-2026-999999"]
    answers = [site.client().post("/opinions/track/", {"number": number, "code": "23456789018"}) for number in asked]
    pages = [answer.text.replace(number, "") for answer, number in zip(answers, asked, strict=True)]
    assert pages[0] == pages[1]
    assert answers[0].status == answers[1].status == 422


def test_a_photo_of_no_photo_is_refused_in_words_and_the_text_is_kept(site, station):
    client = site.client()
    form = client.get("/opinions/new/", station=station[0]).fields()
    said = form | {"matter": "路灯不亮", "place": "松涛苑"}
    answer = client.post("/opinions/new/", said, files=[("photos", "a.jpg", b"<html>", "image/jpeg")])
    assert answer.status == 422
    assert answer.fields()["matter"] == "路灯不亮"
    jpeg = BytesIO()
    Image.new("RGB", (40, 40)).save(jpeg, "JPEG")
    four = [("photos", f"{n}.jpg", jpeg.getvalue(), "image/jpeg") for n in range(4)]
    assert client.post("/opinions/new/", said, files=four).status == 422
    assert site.sql("SELECT COUNT(*) FROM opinions_opinion WHERE body = %s", "路灯不亮") == [(0,)]

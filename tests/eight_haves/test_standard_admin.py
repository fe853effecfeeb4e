"""A standard is made in the work platform alone: drafted, tried on stations, published, and then it stands."""

import re

import pytest
from django.utils import translation

from liaison.audit.models import Entry
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.eight_haves.sheets import asked_of
from stations.eight_haves.standard import KEYS
from stations.eight_haves.standard_words import items_of
from stations.register.models import RuleDocument, StaffPost
from tests.access.filling import errors_on, form_on, send
from tests.access.test_queries import questions
from tests.eight_haves.conftest import TODAY, YEAR, complete
from tests.support import factories as make
from tests.support.pages import Page

PAGES = "/admin/eight_haves/standard/"
NO_MET = "“Basically met” is written and this is missing: please write from which number on it is met."
SIX = ["premises", "signage", "staffing", "rules", "activities", "results"]


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer"))
    return client


def added(client, **typed) -> Standard:
    facts = {"name": "道里区标准", "version": "1", "kinds": ["home", "station"], "valid_from": "2026-11-3"} | typed
    response = send(client, f"{PAGES}add/", division=make.DAOLI, **facts)
    assert response.status_code == 302, errors_on(response)
    return Standard.objects.latest("pk")


def with_item(client, standard, **typed) -> Have:
    response = send(client, f"{PAGES}{standard.pk}/haves/new/", **typed)
    assert response.status_code == 302, errors_on(response)
    return standard.haves.latest("pk")


def page_of(have) -> str:
    return f"{PAGES}{have.standard_id}/haves/{have.pk}/"


def asking(client, have, measure, **typed) -> Criterion:
    """The measure is chosen, then its fields are filled in."""
    assert send(client, page_of(have), measure=measure).status_code == 302
    criterion = have.criteria.latest("pk")
    typed = {f"c{criterion.pk}_{part}": value for part, value in ({"met_": "1"} | typed).items()}
    response = send(client, page_of(have), **typed)
    assert response.status_code == 302, errors_on(response)
    return Criterion.objects.get(pk=criterion.pk)


def published(client, standard, **typed):
    return send(client, f"{PAGES}{standard.pk}/publish/", **typed)


def test_a_standard_of_six_items_is_made_without_code(officer, station):
    standard = added(officer)
    for key in SIX:
        asking(officer, with_item(officer, standard, key=key), "heads")
    assert published(officer, standard).status_code == 302
    (card,) = evaluate([station], YEAR, TODAY)
    assert [line.have.key for line in card.lines] == SIX
    assert {line.standing for line in card.lines} == {"met"}
    station.posts.all().delete()
    (card,) = evaluate([station], YEAR, TODAY)
    with translation.override("zh-hans"):
        assert card.lacking_words == "6项中有6项待补"


def test_the_same_items_are_named_anew_in_a_county_of_its_own(officer):
    standard = added(officer)
    have = with_item(officer, standard, key="premises", own_name="有阵地", own_promise="有一处接待群众的阵地")
    assert (str(have.name), have.promise, have.place) == ("有阵地", "有一处接待群众的阵地", 1)
    send(officer, page_of(have), own_name="")
    have.refresh_from_db()
    assert str(have.name) == "有场地"


def test_an_item_of_its_own_needs_a_name_and_keeps_its_key(officer):
    standard = added(officer)
    response = send(officer, f"{PAGES}{standard.pk}/haves/new/", own_promise="有特色")
    assert errors_on(response) == {"own_name"}
    assert 'value="有特色"' in response.content.decode()
    have = with_item(officer, standard, own_name="有品牌")
    key = have.key
    assert re.fullmatch("[a-z_]+", key)  # as addresses of figures allow
    assert errors_on(send(officer, f"{PAGES}{standard.pk}/haves/new/", own_name="有品牌")) == {"own_name"}
    send(officer, page_of(have), own_name="有品牌特色")
    have.refresh_from_db()
    assert (have.key, str(have.name)) == (key, "有品牌特色")
    assert errors_on(send(officer, page_of(have), own_name="")) == {"own_name"}


def test_items_and_measures_are_taken_away(officer):
    standard = added(officer)
    have = with_item(officer, standard, key="staffing")
    first, second = asking(officer, have, "heads"), asking(officer, have, "liaison_officers")
    send(officer, page_of(have), **{f"c{first.pk}_removed": "on"})
    assert list(have.criteria.all()) == [second]
    response = send(officer, page_of(have), removed="on", measure="heads")
    assert response.url == f"{PAGES}{standard.pk}/change/"
    assert not standard.haves.exists()
    assert not Threshold.objects.filter(criterion__have__standard=standard).exists()


def test_settings_of_a_measure_are_fields(officer):
    have = with_item(officer, added(officer), key="signage")
    criterion = asking(officer, have, "signs_confirmed", set_signs=["plate", "qr"], set_months="6", met_="2")
    assert criterion.options == {"signs": ["plate", "qr"], "months": 6}
    staff = with_item(officer, have.standard, key="staffing")
    switched_off = {"set_counts_rota": ""}
    assert asking(officer, staff, "full_time_staff", **switched_off).options == {"counts_rota": False}


def test_a_kind_of_station_has_numbers_of_its_own(officer):
    have = with_item(officer, added(officer), key="staffing")
    numbers = {"met_": "1", "met_station": "2", "basically_station": "1"}
    criterion = asking(officer, have, "full_time_staff", **numbers)
    kept = {row.kind: (row.met, row.basically) for row in criterion.thresholds.all()}
    assert kept == {"": (1, None), "station": (2, 1)}
    page = officer.get(f"{PAGES}{have.standard_id}/change/").content.decode()
    assert "联络站　至少2人（至少1人为基本达标）" in page
    send(officer, page_of(have), **{f"c{criterion.pk}_met_station": "", f"c{criterion.pk}_basically_station": ""})
    assert [row.kind for row in criterion.thresholds.all()] == [""]


@pytest.mark.parametrize("asked", [("at_least", 3, 2), ("at_most", 1, 3), ("at_least", 3, 0)])
def test_the_standard_and_the_station_say_a_threshold_in_the_same_words(asked, station):
    comparison, met, basically = asked
    draft = make.standard(kinds=["station"])
    criterion = draft.haves.get().criteria.get()
    Criterion.objects.filter(pk=criterion.pk).update(comparison=comparison)
    Threshold.objects.filter(criterion=criterion).update(met=met, basically=basically)
    (item,) = items_of(draft)
    (card,) = evaluate([station], YEAR, TODAY, draft)
    assert item["criteria"][0]["thresholds"] == [asked_of(card.lines[0].results[0])]


def test_the_pages_show_names_and_no_keys(officer):
    have = with_item(officer, added(officer), own_name="有品牌")
    asking(officer, have, "signs_confirmed")
    for address in (page_of(have), f"{PAGES}{have.standard_id}/change/", f"{PAGES}{have.standard_id}/trial/"):
        shown = Page(officer.get(address).content.decode()).texts["content-main"]
        assert [word for word in ("signs_confirmed", "at_least", "own_", "station") if word in shown] == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"basically_": "2"}, "basically_"),
        ({"basically_": "1"}, "basically_"),
        ({"met_": "", "basically_": "1"}, "met_"),
        ({"met_station": "2", "basically_station": "3"}, "basically_station"),
        ({"comparison": "at_most", "basically_": "0"}, "basically_"),
        ({"met_": "-1"}, "met_"),
        ({"met_": "1234567"}, "met_"),
        ({"met_": "0"}, "met_"),
        ({"met_": "1.5"}, "met_"),
        ({"met_": "many"}, "met_"),
        ({"met_": "NaN"}, "met_"),
        ({"points": "12345"}, "points"),
        ({"comparison": "about"}, "comparison"),
        ({"place": "0"}, "place"),
        ({"set_months": "1001"}, "set_months"),
        ({"set_months": "-1"}, "set_months"),
        ({"set_signs": ["flag"]}, "set_signs"),
        ({"set_signs": []}, "set_signs"),
    ],
)
def test_what_is_typed_wrong_is_told_beside_its_field_and_stays(typed, wrong, officer):
    have = with_item(officer, added(officer), key="signage")
    criterion = asking(officer, have, "signs_confirmed")
    before = list(Threshold.objects.order_by("pk").values()), list(Criterion.objects.order_by("pk").values())
    names = {f"c{criterion.pk}_{part}": value for part, value in typed.items()}
    response = send(officer, page_of(have), own_promise="说一句话", **names)
    assert errors_on(response) == {f"c{criterion.pk}_{wrong}"}
    assert 'value="说一句话"' in response.content.decode()
    assert (list(Threshold.objects.order_by("pk").values()), list(Criterion.objects.order_by("pk").values())) == before


WHOLE, ONE_DECIMAL = "Please write a whole number.", "Please write one decimal at most."
ALWAYS, ABOVE = "Every value reaches this, so nothing is asked.", "No value is above 100 %."
LARGE = "This number is too large."


@pytest.mark.parametrize(
    ("measure", "typed", "wrong"),
    [
        ("months_with_reception", {"met_": "500"}, {"met_": ABOVE}),
        ("months_with_reception", {"met_": "100.1"}, {"met_": ABOVE}),
        ("months_with_reception", {"met_": "100"}, {}),
        ("months_with_reception", {"met_": "66.6"}, {}),
        ("months_with_reception", {"met_": "66.66"}, {"met_": ONE_DECIMAL}),
        ("months_with_reception", {"met_": "80", "basically_": "60.55"}, {"basically_": ONE_DECIMAL}),
        ("months_with_reception", {"met_": "0"}, {"met_": ALWAYS}),
        ("months_with_reception", {"met_": "100", "comparison": "at_most"}, {"met_": ALWAYS}),
        ("months_with_reception", {"met_": "90", "comparison": "at_most", "basically_": "100"}, {}),
        ("months_with_reception", {"met_": "90", "comparison": "at_most", "basically_": "101"}, {"basically_": ABOVE}),
        ("required_rules_missing", {"met_": "0"}, {"met_": ALWAYS}),
        ("required_rules_missing", {"met_": "0", "comparison": "at_most"}, {}),
        ("heads", {"met_": "1", "basically_": "0"}, {}),
        ("heads", {"met_": "1.5"}, {"met_": WHOLE}),
        ("heads", {"met_": "2", "basically_": "0.5"}, {"basically_": WHOLE}),
        ("heads", {"met_station": "0"}, {"met_station": ALWAYS}),
        ("heads", {"met_": "999999"}, {}),
        ("heads", {"met_": "1000000"}, {"met_": LARGE}),
        ("heads", {"met_": "9" * 40}, {"met_": LARGE}),
        ("heads", {"met_": "", "basically_": "1"}, {"met_": NO_MET}),
        ("signs_confirmed", {"met_": "4"}, {}),
        ("signs_confirmed", {"met_": "5"}, {"met_": "No value is above 4 signs."}),
        ("signs_confirmed", {"met_": "3", "set_signs": ["qr"]}, {"met_": "No value is above 1 signs."}),
        ("funds_of_floor", {"met_": "120"}, {}),
        ("funds_spent", {"met_": "110", "comparison": "at_most"}, {}),
    ],
)
def test_a_number_divides_stations_or_is_refused_beside_its_box(measure, typed, wrong, officer):
    criterion = asking(officer, with_item(officer, added(officer), key="results"), measure)
    names = {f"c{criterion.pk}_{part}": value for part, value in typed.items()}
    response = send(officer, f"{page_of(criterion.have)}?lang=en", **names)
    if not wrong:
        assert response.status_code == 302
        return
    with translation.override("en"):
        errors = {name: list(map(str, words)) for name, words in response.context["form"].errors.items()}
        assert errors == {f"c{criterion.pk}_{part}": [str(words)] for part, words in wrong.items()}


def test_an_unknown_measure_cannot_be_chosen(officer):
    have = with_item(officer, added(officer), key="results")
    assert errors_on(send(officer, page_of(have), measure="goodwill")) == {"measure"}
    assert not have.criteria.exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"kinds": []}, "kinds"),
        ({"kinds": ["palace"]}, "kinds"),
        ({"valid_from": "2027-1-2", "valid_to": "2027-1-1"}, "valid_to"),
        ({"division": make.NANGANG}, "division"),
        ({"division": ""}, "division"),
        ({"name": ""}, "name"),
        ({"name": "“八有”标准"}, "version"),
    ],
)
def test_a_standard_written_wrong_is_not_kept(typed, wrong, officer):
    make.division(make.NANGANG)
    before = set(Standard.objects.all())
    facts = {"name": "新标准", "version": "1", "division": make.DAOLI, "kinds": ["home"], "valid_from": "2027-1-1"}
    response = send(officer, f"{PAGES}add/", **facts | {"note": "写了很久的说明"} | typed)
    assert errors_on(response) == {wrong}
    assert "写了很久的说明" in response.content.decode()
    assert set(Standard.objects.all()) == before


def test_a_draft_does_not_take_the_version_of_another_and_keeps_its_own(officer):
    first, second = added(officer), added(officer, version="2")
    address = f"{PAGES}{second.pk}/change/"
    assert errors_on(send(officer, address, version="1")) == {"version"}
    assert send(officer, address, note="说明").status_code == 302
    assert set(Standard.objects.filter(name=first.name).values_list("version", "note")) == {("1", ""), ("2", "说明")}


def shipped() -> Standard:
    return Standard.objects.get(division=None, state="published")


def contents(standard) -> list:
    names = ("key", "criteria__measure", "criteria__comparison", "criteria__options", "criteria__is_required")
    rows = standard.haves.order_by("place", "criteria__place", "criteria__thresholds__kind")
    return list(rows.values_list(*names, "criteria__thresholds__met", "criteria__thresholds__basically"))


def test_a_new_version_begins_as_a_copy(officer):
    address = f"{PAGES}add/?copied_from={shipped().pk}"
    typed = form_on(officer, address)
    assert (typed["name"], typed["version"], typed["division"]) == ("“八有”标准", "2", make.DAOLI)
    assert send(officer, address).status_code == 302
    draft = Standard.objects.latest("pk")
    assert (draft.state, draft.kinds, contents(draft)) == ("draft", shipped().kinds, contents(shipped()))


def test_what_may_not_be_read_is_not_copied(officer):
    hidden = make.standard(make.NANGANG)
    for key in (hidden.pk, 0, "x", 2**63):
        assert officer.get(f"{PAGES}add/", {"copied_from": key}).status_code == 404


def test_a_draft_is_taken_away_and_the_trail_tells(officer):
    draft = make.standard()
    assert officer.post(f"{PAGES}{draft.pk}/remove/").status_code == 302
    assert not Standard.objects.filter(pk=draft.pk).exists()
    assert Entry.objects.filter(action="removed", object_id=draft.pk).exists()


def test_of_two_standards_the_items_stay_apart(officer):
    mine, other = make.standard(), make.standard()
    have = other.haves.get()
    assert officer.get(f"{PAGES}{mine.pk}/haves/{have.pk}/").status_code == 404
    assert officer.get(f"{PAGES}{mine.pk}/haves/{2**63}/").status_code == 404


def test_an_unknown_measure_is_shown_and_taken_away(officer):
    draft = make.standard()
    have = draft.haves.get()
    Criterion.objects.filter(have=have).update(measure="goodwill")
    assert "有系统没有的指标" in officer.get(f"{PAGES}{draft.pk}/trial/").content.decode()
    assert officer.get(f"{PAGES}{draft.pk}/change/").status_code == 200
    send(officer, page_of(have), **{f"c{have.criteria.get().pk}_removed": "on"})
    assert not have.criteria.exists()


def trial_of(client, standard):
    return client.get(f"{PAGES}{standard.pk}/trial/").context


def test_trying_shows_what_would_change(officer, station):
    other = complete(make.station())
    StaffPost.objects.filter(station=other, post="liaison_officer").delete()
    draft = make.standard(haves=["staffing", "premises"])
    Criterion.objects.filter(have__key="staffing", have__standard=draft).update(measure="liaison_officers")
    shown = trial_of(officer, draft)
    counts = {str(row["name"]): (row["now"], row["then"]) for row in shown["counts"]}
    one_lacks, nobody_lacks = {"met": 1, "lacking": 1}, {"met": 2, "lacking": 0}
    not_asked = {"met": "—", "lacking": "—"}
    assert counts["全部分项"] == (one_lacks, one_lacks)
    assert (counts["有人员"], counts["有场地"]) == ((one_lacks, one_lacks), (nobody_lacks, nobody_lacks))
    assert (counts["有制度"], shown["size"]) == ((nobody_lacks, not_asked), 2)
    changes = {row["station"]: {str(each.have.name): each for each in row["changes"]} for row in shown["page"]}
    change = changes[other]["有人员"]
    assert (change.now_words, change.then_words) == ("基本达标", "未达标")
    assert change.then.sentence == "没有在岗的联络员。"
    assert "有人员" not in changes[station]


def test_trying_lists_the_stations_whose_met_item_is_asked_no_longer(officer, station):
    draft = make.standard(haves=[key for key in KEYS if key != "rules"])
    shown = trial_of(officer, draft)
    (row,) = shown["page"]
    said = [(each.have.key, each.now_words, each.then_words) for each in row["changes"]]
    assert (row["station"], said) == (station, [("rules", "达标", "没有这一项")])
    RuleDocument.objects.all().delete()
    ((change,),) = (row["changes"] for row in trial_of(officer, draft)["page"])
    assert (change.have.key, change.now_words) == ("rules", "未达标")


def test_a_new_item_that_is_met_changes_nobody(officer, station):
    draft = make.standard(haves=[*KEYS, "own_brand"])
    assert trial_of(officer, draft)["change_size"] == 0
    StaffPost.objects.filter(post="head").delete()
    (row,) = trial_of(officer, draft)["page"]
    said = {str(each.have.name): (each.now_words, each.then_words) for each in row["changes"]}
    assert said["own_brand"] == ("没有这一项", "未达标")


def test_trying_shows_nobody_else_s_stations(officer, station):
    far = make.station(f"{make.NANGANG}001")
    draft = make.standard()
    Standard.objects.filter(pk=draft.pk).update(division=None)
    assert trial_of(officer, draft)["size"] == 1
    assert far.name not in officer.get(f"{PAGES}{draft.pk}/trial/").content.decode()


@pytest.mark.parametrize(("page", "asked"), [("change/", 20), ("trial/", 26), ("publish/", 9), ("haves/{have}/", 11)])
def test_a_page_asks_as_much_for_one_item_and_station_as_for_three(page, asked, officer, station):
    asked_for = []
    for haves in (["premises"], ["premises", "staffing", "rules"]):
        draft = make.standard(haves=haves)
        address = f"{PAGES}{draft.pk}/{page.format(have=draft.haves.first().pk)}"
        asked_for.append(questions(officer, address))
        make.station(), make.station()
    assert asked_for == [asked] * 2

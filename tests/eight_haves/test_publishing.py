"""What is published stands: it was whole when it was published, it never changes, and no earlier score moves."""

import json
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from liaison.audit.models import Entry
from liaison.tools.periods import Period
from stations.eight_haves.drafts import PublishedStands
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.eight_haves.plain import plain
from stations.eight_haves.publishing import NotPublishable, of_contents, publish
from stations.eight_haves.standard_pages import NOT_KEPT
from tests.access.filling import errors_on, form_on, send
from tests.eight_haves.conftest import TODAY, YEAR
from tests.eight_haves.test_standard_admin import PAGES, added, asking, page_of, published, shipped, with_item
from tests.support import factories as make

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def keeper(station):
    return make.granted("officer")


@pytest.fixture
def officer(client, keeper):
    client.force_login(keeper)
    return client


def said(refusal) -> list[tuple[str, str]]:
    return [(obstacle.field, obstacle.words) for obstacle in refusal.value.obstacles]


def refused(draft, by, valid_from=TOMORROW, valid_to=None) -> list[tuple[str, str]]:
    with pytest.raises(NotPublishable) as refusal:
        publish(draft, by, valid_from, valid_to)
    assert Standard.objects.get(pk=draft.pk).state == "draft"
    return said(refusal)


def test_publishing_stamps_and_the_trail_tells(keeper):
    draft = publish(make.standard(), keeper, TOMORROW, date(2027, 12, 31))
    assert (draft.state, draft.published_by, draft.valid_from) == ("published", keeper, TOMORROW)
    assert draft.published_at == make.moment(TODAY)
    entry = Entry.objects.get(action="publish_standard")
    assert (entry.object_id, entry.actor_id) == (str(draft.pk), keeper.pk)
    assert entry.detail == {"from": "2026-11-04", "to": "2027-12-31"}


def test_a_standard_without_items_is_refused(keeper):
    assert refused(make.standard(haves=[]), keeper) == [("", "这个标准还没有分项，请添加")]


def test_an_item_that_asks_nothing_is_refused(keeper):
    draft = make.standard(haves=["premises", "rules"])
    Criterion.objects.filter(have__standard=draft, have__key="rules").delete()
    assert refused(draft, keeper) == [("", "“有制度”还没有评定条件，请选指标")]


@pytest.mark.parametrize(
    ("model", "wrong", "words"),
    [
        (Criterion, {"measure": "goodwill"}, "“有场地”的“goodwill”：系统没有这个指标，请删去"),
        (Criterion, {"options": {"smiles": 3}}, "“有场地”的“站长、副站长”：有指标不认识的设置，请打开重新保存"),
        (Threshold, {"basically": 1}, "“有场地”的“站长、副站长”：基本达标线应比达标线容易达到"),
        (Threshold, {"basically": 2}, "“有场地”的“站长、副站长”：基本达标线应比达标线容易达到"),
        (Standard, {"kinds": []}, "请至少选一类联络站"),
    ],
)
def test_what_would_not_judge_is_refused(model, wrong, words, keeper):
    draft = make.standard()
    paths = {Standard: "pk", Criterion: "have__standard", Threshold: "criterion__have__standard"}
    model.objects.filter(**{paths[model]: draft.pk}).update(**wrong)
    assert refused(draft, keeper) == [("", words)]


@pytest.mark.parametrize(("wrong", "count"), [({"met": 0}, 1), ({"met": "1.5"}, 1), ({"met": 2, "basically": 1}, 0)])
def test_a_number_that_divides_no_stations_is_an_obstacle(wrong, count, keeper):
    draft = make.standard()
    Threshold.objects.filter(criterion__have__standard=draft).update(**wrong)
    assert len(list(of_contents(draft))) == count


def test_a_criterion_without_a_number_is_refused(keeper):
    draft = make.standard()
    Threshold.objects.filter(criterion__have__standard=draft).delete()
    assert refused(draft, keeper) == [("", "“有场地”的“站长、副站长”：还没有达标线，请填写")]


def test_nothing_is_published_into_the_past(keeper):
    draft = make.standard()
    assert refused(draft, keeper, TODAY - timedelta(days=1)) == [("valid_from", "生效日期不能早于今天，以前的结果不变")]
    assert publish(draft, keeper, TODAY).is_published


def test_crossed_days_are_refused(keeper):
    assert refused(make.standard(), keeper, TOMORROW, TODAY) == [("valid_to", "结束不能早于开始")]


def test_two_of_a_division_do_not_begin_on_one_day_for_one_kind(keeper):
    first = publish(make.standard(kinds=["home", "station"]), keeper, TOMORROW)
    words = f"{first} 也在这一天对同类站生效，请换一天"
    assert refused(make.standard(kinds=["station", "central"]), keeper) == [("valid_from", words)]
    assert publish(make.standard(kinds=["central"]), keeper, TOMORROW).is_published
    assert publish(make.standard(make.HARBIN), keeper, TOMORROW).is_published
    assert publish(make.standard(), keeper, TOMORROW + timedelta(days=1)).is_published


def test_a_standard_is_published_once(keeper):
    draft = make.standard()
    publish(draft, keeper, TOMORROW)
    with pytest.raises(NotPublishable) as refusal:
        publish(draft, keeper, TODAY)
    assert said(refusal) == [("", "这个标准刚刚被别人发布或改动，请重新打开看看")]
    assert Standard.objects.get(pk=draft.pk).valid_from == TOMORROW


def test_the_page_tells_what_is_missing_beside_its_field(officer):
    draft = make.standard(haves=["premises", "rules"])
    Criterion.objects.filter(have__standard=draft, have__key="rules").delete()
    response = published(officer, draft, valid_from="2026-11-1", valid_to="2026-10-1")
    page = response.content.decode()
    assert errors_on(response) == {"valid_from", "valid_to"}
    assert 'value="2026-11-1"' in page
    assert f'<a href="{page_of(draft.haves.get(key="rules"))}">“有制度”还没有评定条件，请选指标</a>' in page
    assert Standard.objects.get(pk=draft.pk).state == "draft"


CHANGES = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(**{_any_field(row): 1}),
    "delete rows": lambda row: type(row).objects.filter(pk=row.pk).delete(),
    "bulk update": lambda row: type(row).objects.bulk_update([row], [_any_field(row)]),
    "bulk create": lambda row: type(row).objects.bulk_create([type(row)(**_facts(row))]),
    "create": lambda row: type(row).objects.create(**_facts(row)),
}


def _any_field(row):
    return {Standard: "note", Threshold: "met"}.get(type(row), "place")


def _facts(row):
    return {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Standard, Have, Criterion, Threshold)]


NO_CHANGE = {(Standard, "create"), (Standard, "bulk create")}  # a new standard changes none
TRIED = sorted(set(product((Standard, Have, Criterion, Threshold), CHANGES)) - NO_CHANGE, key=str)


@pytest.mark.parametrize(("model", "way"), TRIED)
def test_what_is_published_refuses_every_change(model, way, station):
    row, before = model.objects.earliest("pk"), everything()
    with pytest.raises(PublishedStands), transaction.atomic():
        CHANGES[way](row)
    assert everything() == before


@pytest.mark.parametrize("way", ["save", "update"])
def test_nothing_is_moved_into_what_is_published(way, station):
    have = make.standard(haves=["own_brand"]).haves.get()
    before = everything()
    with pytest.raises(PublishedStands):
        _move(have, shipped(), way)
    assert everything() == before


def _move(have, standard, way):
    if way == "update":
        Have.objects.filter(pk=have.pk).update(standard=standard)
    have.standard = standard
    have.save()


def test_nothing_is_moved_out_of_what_is_published(station):
    have = shipped().haves.first()
    have.standard = make.standard(haves=[])
    with pytest.raises(PublishedStands):
        have.save()


def test_in_the_work_platform_it_is_only_looked_at(officer, keeper):
    standard = publish(make.standard(), keeper, TOMORROW)
    page = officer.get(f"{PAGES}{standard.pk}/change/").content.decode()
    assert "已发布" in page
    assert ("删去草案" in page, "添加分项" in page, 'name="_save"' in page) == (False, False, False)


def pages_of(standard):
    ways = ("change/", "publish/", "remove/", "haves/new/", f"haves/{standard.haves.get().pk}/")
    return [f"{PAGES}{standard.pk}/{way}" for way in ways]


def test_a_page_that_was_open_while_it_was_published_leads_to_it_and_says_so(officer, keeper):
    standard = publish(make.standard(), keeper, TOMORROW)
    before, page = everything(), f"{PAGES}{standard.pk}/change/"
    for address in pages_of(standard):
        answer = officer.post(address, {"name": "另一个"})
        assert (answer.status_code, answer["Location"]) == (302, page), address
        (words,) = [str(message) for message in officer.get(page).context["messages"]]
        assert words == f"{NOT_KEPT} {PublishedStands()}"
    assert everything() == before


def test_the_address_of_a_draft_leads_to_what_was_published(officer, keeper):
    standard = publish(make.standard(), keeper, TOMORROW)
    for address in pages_of(standard)[1:]:
        answer = officer.get(address, follow=True)
        assert answer.redirect_chain == [(f"{PAGES}{standard.pk}/change/", 302)]
        assert [str(message) for message in answer.context["messages"]] == [str(PublishedStands())]


def test_whoever_may_not_change_it_is_refused_published_or_not(client, keeper):
    draft = make.standard()
    client.force_login(make.granted("leader"))
    for standard in (shipped(), publish(draft, keeper, TOMORROW)):
        addresses = [f"{PAGES}{standard.pk}/{way}" for way in ("change/", "publish/", "remove/", "haves/new/")]
        assert [client.post(address).status_code for address in addresses] == [403] * 4


def test_publishing_twice_says_what_has_become_of_it(officer):
    draft = make.standard()
    typed = form_on(officer, f"{PAGES}{draft.pk}/publish/")
    answers = [officer.post(f"{PAGES}{draft.pk}/publish/", typed) for _time in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{PAGES}{draft.pk}/change/"] * 2
    assert Entry.objects.filter(action="publish_standard").count() == 1


def test_two_thresholds_of_one_kind_are_refused(station):
    criterion = make.standard().haves.get().criteria.get()
    with pytest.raises(ValidationError) as refusal:
        Threshold(criterion=criterion, kind="", met=2).full_clean()
    assert refusal.value.messages == ["这类站已有达标线"]


def scores(at) -> str:
    """Of each month end of the year until today, all that is known of the station, byte for byte."""
    days = [date(2026, month, 1) - timedelta(days=1) for month in range(2, 12)]
    cards = [evaluate([at], Period(date(2026, 1, 1), day), day) for day in [*days, TODAY]]
    return json.dumps([plain(card) for (card,) in cards], ensure_ascii=False)


def export(client) -> bytes:
    return b"".join(client.get("/eight-haves/stations.csv?year=2026").streaming_content)


def test_a_second_version_with_a_ninth_item_moves_no_earlier_score(officer, station, time_machine):
    before, sheet = scores(station), export(officer)
    send(officer, f"{PAGES}add/?copied_from={shipped().pk}", kinds=["home", "station"])
    draft = Standard.objects.latest("pk")
    asking(officer, with_item(officer, draft, own_name="有品牌"), "months_with_reception", met_="50")
    assert published(officer, draft, valid_from="2026-11-4").status_code == 302
    assert (scores(station), export(officer)) == (before, sheet)
    time_machine.move_to(make.moment(TOMORROW), tick=False)
    assert scores(station) == before
    (card,) = evaluate([station], Period(date(2026, 1, 1), TOMORROW), TOMORROW)
    assert (card.standard, len(card.lines)) == (draft, 9)
    assert (str(card.lines[-1].have.name), card.lines[-1].standing) == ("有品牌", "met")
    assert [line.have.key for line in evaluate([station], YEAR, TODAY)[0].lines] == [
        have.key for have in shipped().haves.all()
    ]


def test_a_first_standard_of_a_county_leaves_others_alone(officer, station):
    other = make.station(f"{make.NANGANG}001")
    draft = added(officer, valid_from="2026-11-3")
    asking(officer, with_item(officer, draft, own_name="有品牌"), "heads")
    published(officer, draft)
    judged = {card.station: card.standard for card in evaluate([station, other], YEAR, TODAY)}
    assert judged == {station: draft, other: shipped()}

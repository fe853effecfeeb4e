"""Entering a visit: one page, one save, exactly those rows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion
from stations.visits.models import Attendance, Visit
from tests.support import factories as make
from tests.visits.typing import ADD, errors_of, filled, page_fields

TODAY = date(2026, 3, 10)


def test_one_save_keeps_everything_that_was_entered(clerk, station, mandates):
    earlier = make.opinion(station)
    response = clerk.post(
        ADD,
        filled(clerk)
        | {
            "present": [str(row.pk) for row in mandates[:6]],
            "residents_received": "12",
            "guests-0-organisation": "街道办事处",
            "guests-0-name": "某主任",
            "commitments-0-who": "街道办事处",
            "commitments-0-what": "三日内清雪",
            "commitments-0-due_on": "3月13日",
            "opinions-0-body": "雪没人清",
            "opinions-0-place": "南门",
            "opinions-1-body": "电梯坏了",
            "opinions-1-place": "4号楼",
            "opinions-2-body": "市场远",
            "opinions-2-place": "安隆街",
            "opinions-2-name": "王大娘",
            "opinions-2-phone": "0451-00000000",
            "agenda_items-0-opinion": str(earlier.pk),
        },
    )
    assert response.status_code == 302, errors_of(response)
    visit = Visit.objects.get()
    assert (visit.date, visit.station, visit.residents_received) == (TODAY, station, 12)
    assert [row.status for row in visit.attendances.order_by("id")] == ["present"] * 6 + ["absent"] * 2
    assert visit.guests.get().name == "某主任"
    assert visit.commitments.get().due_on.month == 3
    assert [row.body for row in visit.opinions.order_by("id")] == ["雪没人清", "电梯坏了", "市场远"]
    assert [row.channel for row in visit.opinions.all()] == ["reception"] * 3
    assert visit.agenda_items.get().opinion == earlier
    assert visit.opinions.order_by("id").last().reporter.reveal()["name"] == "王大娘"


def test_all_present_is_one_tick(clerk):
    clerk.post(ADD, filled(clerk, all_present="on"))
    assert Attendance.objects.filter(status="present").count() == 8


def test_no_resident_at_all_is_a_number_too(clerk):
    assert clerk.post(ADD, filled(clerk, residents_received="0")).status_code == 302
    assert Visit.objects.get().residents_received == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date": "2026.13.45"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "\x00"}, "date"),
        ({"form": "no-such"}, "form"),
        ({"content": ""}, "content"),
        ({"residents_received": "-1"}, "residents_received"),
        ({"residents_received": "many"}, "residents_received"),
        ({"present": ["999999"]}, "present"),
        ({"place": "长" * 101}, "place"),
        ({"starts_at": "25:99"}, "starts_at"),
        ({"enters_representatives": []}, "enters_representatives"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_saved(clerk, changes, field):
    response = clerk.post(ADD, filled(clerk, **changes))
    assert field in errors_of(response)
    assert "接待群众" in response.text or "content" in changes
    assert (Visit.objects.count(), Opinion.objects.count()) == (0, 0)


def test_a_day_that_has_not_come_is_refused(clerk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "date" in errors_of(clerk.post(ADD, filled(clerk, date=tomorrow.isoformat())))


def test_a_day_before_the_station_opened_is_refused(clerk):
    assert "date" in errors_of(clerk.post(ADD, filled(clerk, date="2019-12-31")))


def test_an_end_before_its_beginning_is_refused(clerk):
    response = clerk.post(ADD, filled(clerk, starts_at="11:00", ends_at="09:00"))
    assert response.status_code == 200
    assert Visit.objects.count() == 0


def test_a_wrong_row_of_an_opinion_saves_nothing_and_keeps_what_was_typed(clerk):
    response = clerk.post(ADD, filled(clerk) | {"opinions-0-body": "没写地点的意见"})
    assert (Visit.objects.count(), Opinion.objects.count()) == (0, 0)
    assert "没写地点的意见" in response.text


def test_somebody_on_leave_stays_on_leave_when_the_ticks_change(clerk, station, mandates):
    visit = make.visit(station, present=mandates[:2])
    Attendance.objects.create(visit=visit, mandate=mandates[2], status="leave")
    address = f"/admin/visits/visit/{visit.pk}/change/"
    fields = page_fields(clerk.get(address)) | {"present": [str(mandates[1].pk)]}
    assert clerk.post(address, fields).status_code == 302
    found = dict(visit.attendances.values_list("mandate_id", "status"))
    assert [found[row.pk] for row in mandates[:3]] == ["absent", "present", "leave"]


def test_another_station_s_representatives_are_not_offered(clerk):
    stranger = make.placed(make.station())[0]
    response = clerk.post(ADD, filled(clerk, present=[str(stranger.pk)]))
    assert "present" in errors_of(response)


def test_whoever_has_several_stations_is_asked_which(client, station):
    other = make.station()
    client.force_login(make.granted("officer"))
    asked = client.get(ADD)
    assert [row.pk for row in asked.context["stations"]] == [station.pk, other.pk]
    chosen = client.get(ADD, {"station": other.pk})
    assert chosen.context["station"] == other


@pytest.mark.parametrize("station", ["0", "999999", "abc", "1" * 30, "-1"])
def test_a_station_that_is_not_mine_is_not_there(client, station):
    make.office()
    client.force_login(make.staff(make.station()))
    assert client.get(ADD, {"station": station}).status_code == 404


def test_rows_typed_as_lines_are_kept_as_rows(clerk):
    """Two guests, one commitment, three opinions: six lines."""
    typed = {
        "guests-lines": "街道办 周某 副主任\n供热公司 钱某",
        "commitments-lines": "街道办 三日内清雪 3月13日前",
        "opinions-lines": "南门：雪没人清\n4号楼:电梯坏了\n安隆街：市场远",
    }
    response = clerk.post(ADD, filled(clerk) | typed)
    assert response.status_code == 302, [inline.formset.errors for inline in response.context["inline_admin_formsets"]]
    visit = Visit.objects.get()
    assert list(visit.guests.values_list("organisation", "name", "post")) == [
        ("街道办", "周某", "副主任"),
        ("供热公司", "钱某", ""),
    ]
    promised = visit.commitments.get()
    assert (promised.who, promised.what, promised.due_on.month, promised.due_on.day) == ("街道办", "三日内清雪", 3, 13)
    assert [(row.place, row.body) for row in visit.opinions.order_by("id")] == [
        ("南门", "雪没人清"),
        ("4号楼", "电梯坏了"),
        ("安隆街", "市场远"),
    ]


def test_a_line_without_its_place_becomes_a_row_that_asks_for_it(clerk):
    response = clerk.post(ADD, filled(clerk) | {"opinions-lines": "电梯坏了"})
    assert (Visit.objects.count(), Opinion.objects.count()) == (0, 0)
    fields = page_fields(response)
    assert fields["opinions-0-body"] == ["电梯坏了"]
    assert not fields["opinions-lines"][0].strip()
    assert clerk.post(ADD, fields | {"opinions-0-place": "4号楼"}).status_code == 302
    assert Opinion.objects.get().place == "4号楼"


def test_of_many_lines_only_the_wrong_one_is_a_row_to_mend(clerk):
    right = ["南门：雪没人清", "4号楼：电梯坏了", "安隆街：市场远", "北门：路灯不亮"]
    typed = {"opinions-lines": "\n".join([*right[:2], "下水道堵了", *right[2:]]), "guests-lines": "街道办 周某"}
    response = clerk.post(ADD, filled(clerk) | typed)
    assert (response.status_code, Visit.objects.count()) == (200, 0)
    fields = page_fields(response)
    assert fields["opinions-lines"][0].split() == right
    assert fields["guests-lines"][0].split() == ["街道办", "周某"]
    assert (fields["opinions-TOTAL_FORMS"], fields["opinions-0-body"]) == (["1"], ["下水道堵了"])
    assert "opinions-1-body" not in fields
    (inline,) = [row for row in response.context["inline_admin_formsets"] if row.formset.prefix == "opinions"]
    assert [list(errors) for errors in inline.formset.errors] == [["place"]]
    assert clerk.post(ADD, fields | {"opinions-0-place": "5号楼"}).status_code == 302
    assert set(Opinion.objects.values_list("place", "body")) == {
        ("5号楼", "下水道堵了"),
        *(tuple(line.split("：")) for line in right),
    }
    assert Visit.objects.get().guests.get().name == "周某"


def test_a_row_typed_field_by_field_stays_before_the_wrong_line(clerk):
    typed = {"opinions-1-body": "树倒了", "opinions-1-place": "西门", "opinions-lines": "下水道堵了\n南门：雪没人清"}
    fields = page_fields(clerk.post(ADD, filled(clerk) | typed))
    assert [fields[f"opinions-{number}-body"] for number in range(3)] == [[""], ["树倒了"], ["下水道堵了"]]
    assert fields["opinions-lines"][0].split() == ["南门：雪没人清"]
    assert clerk.post(ADD, fields | {"opinions-2-place": "5号楼"}).status_code == 302
    assert set(Opinion.objects.values_list("place", flat=True)) == {"西门", "5号楼", "南门"}


def test_leave_is_a_tick_beside_the_name(clerk, mandates):
    away = [str(row.pk) for row in mandates[:2]]
    clerk.post(ADD, filled(clerk, all_present="on", leave=away))
    statuses = list(Attendance.objects.order_by("id").values_list("status", flat=True))
    assert statuses == ["leave"] * 2 + ["present"] * 6
    shown = clerk.get(f"/admin/visits/visit/{Visit.objects.get().pk}/change/").text
    assert "应到8 实到6 请假2" in shown


def test_there_and_on_leave_at_once_is_told(clerk, mandates):
    both = [str(mandates[0].pk)]
    assert set(errors_of(clerk.post(ADD, filled(clerk, present=both, leave=both)))) == {"present"}


def test_the_same_visit_is_asked_about_before_it_is_entered_twice(clerk, station):
    make.visit(station)
    typed = filled(clerk)
    response = clerk.post(ADD, typed)
    assert set(errors_of(response)) == {"date"}
    assert 'name="is_another"' in response.text
    assert clerk.post(ADD, typed | {"starts_at": "15:00"}).status_code == 302
    assert clerk.post(ADD, filled(clerk, is_another="on")).status_code == 302
    assert Visit.objects.count() == 3


def test_a_second_press_does_not_make_a_second_visit(clerk):
    typed = filled(clerk)
    assert clerk.post(ADD, typed).status_code == 302
    again = clerk.post(ADD, typed | {"is_another": "on"})
    visit = Visit.objects.get()
    assert again.url == f"/admin/visits/visit/{visit.pk}/change/"


def test_save_and_the_next_stays_at_the_station(client, station):
    other = make.station()
    client.force_login(make.granted("officer"))
    address = f"{ADD}?station={other.pk}"
    response = client.post(address, filled(client, address) | {"_addanother": "1"})
    assert response.url == address
    assert Visit.objects.get().station == other

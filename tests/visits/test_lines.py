"""Lines as rows, and hours as they are typed."""

from datetime import time

import pytest
import time_machine

from stations.visits import lines
from stations.visits.clock import parse_clock


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("街道办 周某 副主任", ("街道办", "周某", "副主任")),
        ("街道办，周某，副主任", ("街道办", "周某", "副主任")),
        ("供热公司\t钱某", ("供热公司", "钱某", "")),
        ("周某", ("", "周某", "")),
        ("街道办 周某 党工委 副书记", ("街道办", "周某", "党工委 副书记")),
    ],
)
def test_a_guest_is_unit_name_post(line, row):
    assert tuple(lines.guest(line).values()) == row


@time_machine.travel("2026-03-10 12:00:00+08:00")
@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("街道办 三日内清雪 3月13日前", ("街道办", "三日内清雪", "3月13日")),
        ("街道办 三日内清雪 3.13", ("街道办", "三日内清雪", "3.13")),
        ("街道办：清雪，装灯", ("街道办", "清雪 装灯", "")),
        ("街道办 三日内 清雪", ("街道办", "三日内 清雪", "")),
        ("清雪", ("", "清雪", "")),
    ],
)
def test_a_commitment_is_who_what_by_when(line, row):
    assert tuple(lines.commitment(line).values()) == row


@pytest.mark.parametrize(
    ("line", "place", "body"),
    [
        ("南门：雪没人清", "南门", "雪没人清"),
        ("南门:雪没人清：三天了", "南门", "雪没人清：三天了"),
        ("雪没人清", "", "雪没人清"),
        ("南门：", "", "南门："),
    ],
)
def test_an_opinion_is_place_and_matter(line, place, body):
    assert lines.opinion(line) == {"place": place, "body": body}


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        *[(text, 9, 0) for text in ("9", "9:00", "9：00", "09:00", "9点", "0900", "900", "上午9点", "９：００", "9时")],
        *[(text, 9, 30) for text in ("9:30", "9.30", "9点半", "9点30分", "930")],
        *[(text, 14, 0) for text in ("14:00", "下午2点", "下午2:00", "14点")],
    ],
)
def test_hours_are_read_as_people_write_them(text, hour, minute):
    assert parse_clock(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["25:99", "9:60", "2500", "上午", "", "9:30半", "abc", "\x00", "9" * 50])
def test_what_is_no_hour_is_refused_in_words(text):
    with pytest.raises(ValueError, match="时间"):
        parse_clock(text)

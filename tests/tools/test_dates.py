from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.dates import DayField, parse_day, plain_digits

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NUMERALS = "〇一二三四五六七八九"

WRITTEN = {
    "2026.3.10": date(2026, 3, 10),
    "2026-03-10": date(2026, 3, 10),
    "2026/3/10": date(2026, 3, 10),
    "2026年3月10日": date(2026, 3, 10),
    "2026年3月10": date(2026, 3, 10),
    "2026年3月10号": date(2026, 3, 10),
    "20260310": date(2026, 3, 10),
    " 2026 年 3 月 10 日 ": date(2026, 3, 10),
    "２０２６．３．１０": date(2026, 3, 10),
    "２０２６／０３／１０": date(2026, 3, 10),
    "2026。3。10": date(2026, 3, 10),
    "2026–3–10": date(2026, 3, 10),
    "2026年3月10日（周二）": date(2026, 3, 10),
    "2026-03-10 星期二": date(2026, 3, 10),
    "二〇二六年四月二十二日": date(2026, 4, 22),
    "二零二六年十二月三十一日": date(2026, 12, 31),
    "二○二六年十月十日": date(2026, 10, 10),
    "二〇二六年三月廿二日": date(2026, 3, 22),
    "一九四九年十月一日": date(1949, 10, 1),
    "2024-02-29": date(2024, 2, 29),
    # without the year: the latest one not after today
    "3月10日": date(2026, 3, 10),
    "9.24": date(2026, 9, 24),
    "9-24": date(2026, 9, 24),
    "09/24": date(2026, 9, 24),
    "11.22": date(2026, 11, 22),
    "二月一号": date(2026, 2, 1),
}

NO_SUCH_DAY = ["2026-2-30", "2026.13.1", "2026-00-10", "6.31", "13.1", "2.30", "0.0", "20261301", "1899-12-31"]
NO_SUCH_DAY += ["2200-01-01", "0000-01-01", "9999-12-31", "2023年2月29日"]
NOT_A_DAY = [
    "",
    " ",
    "昨天",
    "2026",
    "2026.3",
    "2026年3月",
    "26.3.10",
    "2026.3-10",
    "2026031",
    "202603100",
    "99999-1-1",
]
NOT_A_DAY += ["2026-03-10 09:00", "3月", "10日", "-3-10", "2026-03-10T00:00:00Z", "\0", "😀", "٢٠٢٦-٠٣-١٠", "1e5", "十"]


@pytest.mark.parametrize(("text", "day"), WRITTEN.items())
def test_a_day_is_read_as_people_write_it(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", NO_SUCH_DAY)
def test_a_day_that_never_is_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"^There is no such day, please check it\.$"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", NOT_A_DAY)
def test_what_is_not_a_day_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"^Please write the day like 2026-03-10\.$"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [("12.30", date(2026, 12, 30)), ("11.22", TODAY), ("9.1", date(2027, 9, 1))],
)
def test_a_promised_day_without_its_year_lies_ahead(text, day):
    assert parse_day(text, TODAY, ahead=True) == day


@pytest.mark.parametrize(
    ("text", "ahead", "year"),
    [("11.23", False, 2026), ("12.31", False, 2026), ("11.1", True, 2026), ("2.29", False, 2028), ("2.29", True, 2024)],
)
def test_where_the_other_side_of_today_is_nearer_the_year_is_asked_for(text, ahead, year):
    with pytest.raises(ValueError, match=f"^Please write the year as well, like {year}-"):
        parse_day(text, TODAY, ahead)


def test_the_leap_day_is_looked_for_across_a_century_without_one():
    with pytest.raises(ValueError, match="like 2096-02-29"):
        parse_day("2.29", date(2099, 6, 1), ahead=True)


@pytest.mark.parametrize(("text", "day"), [("1.1", date(2026, 1, 1)), ("11.30", date(2026, 11, 30))])
def test_the_end_of_a_period_is_this_year_s(text, day):
    assert parse_day(text, TODAY, ahead=None) == day


def test_or_last_year_s_where_this_year_s_is_far():
    assert parse_day("12.31", date(2026, 1, 5), ahead=None) == date(2025, 12, 31)


@given(DAYS)
def test_every_usual_spelling_of_every_day_is_read(day):
    texts = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", chinese(day)]
    assert [parse_day(text, TODAY) for text in texts] == [day] * 4


@given(DAYS, st.dates(date(1902, 1, 1), date(2198, 12, 31)))
def test_a_day_without_its_year_is_less_than_ten_months_ago_or_asked_for(day, today):
    with suppress(ValueError):
        assert timedelta(0) <= today - parse_day(f"{day.month}.{day.day}", today) <= timedelta(days=300)


@pytest.mark.parametrize("text", ["1" * 101, "周" * 100_000, "a" + "\u0301\u0327" * 50_000, "ﾞ\u0327" * 50_000])
def test_no_text_takes_long(text):
    assert plain_digits(text) == text
    with pytest.raises(ValueError, match="Please write the day"):
        parse_day(text, TODAY)


@given(st.text())
def test_any_other_text_is_a_day_or_a_refusal(text):
    with suppress(ValueError):
        assert type(parse_day(text, TODAY)) is date


CODE = "23456789012"


@pytest.mark.parametrize(
    "typed",
    [
        "234-5678-9012",
        "234 5678 9012",
        "２３４５６７８９０１２",
        "234－5678－9012",
        "234—5678–9012",
        "二三四五六七八九〇一二",
        "贰叁肆伍陆柒捌玖零壹贰",
        "两三四五六七八九○幺二",
        "2345678 9OI2",
        "23456789ol2",
        "\u200b234\u3000567\xa0890\t1\n2\ufeff",
        "②③④⑤⑥⑦⑧⑨⓪①②",
        "٢٣٤٥٦٧٨٩٠١٢",
        "234５六7八9〇l2",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed):
    assert plain_digits(typed) == CODE


def test_what_is_no_digit_stays_to_be_refused():
    assert plain_digits("23A.5十") == "23A.5十"


@given(st.text(alphabet="0123456789", max_size=20))
def test_plain_digits_stay(code):
    assert plain_digits(code) == code


class Form(forms.Form):
    day = DayField()
    promised = DayField(required=False, ahead=True)


@time_machine.travel("2026-11-21T16:30:00Z", tick=False)  # already the 22nd here
def test_the_field_takes_today_from_the_local_clock():
    form = Form({"day": "11.22", "promised": "12.30"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2026, 11, 22), "promised": date(2026, 12, 30)}


@time_machine.travel("2026-11-21T16:30:00Z", tick=False)
def test_the_field_takes_today_from_the_reader_s_time_zone():
    assert DayField().clean("11.22") == date(2026, 11, 22)
    with timezone.override("UTC"), pytest.raises(forms.ValidationError, match="the year as well"):
        DayField().clean("11.22")  # there it is tomorrow


@pytest.mark.parametrize(
    ("typed", "words"),
    [("2026-2-30", "There is no such day, please check it."), ("", "This field is required.")],
)
def test_the_field_says_what_is_wrong_and_keeps_what_was_typed(typed, words):
    form = Form({"day": typed})
    assert form.errors == {"day": [words]}
    assert form["day"].value() == typed


def test_the_field_is_a_text_box_with_the_day_in_iso_form():
    html = Form(initial={"day": date(2026, 3, 10)})["day"].as_widget()
    wanted = (
        '<input type="text" name="day" value="2026-03-10" autocomplete="off" inputmode="decimal" required id="id_day">'
    )
    assert html == wanted


@pytest.mark.parametrize("given_day", [date(2026, 3, 10), datetime(2026, 3, 10, 9)])
def test_the_field_takes_days_that_are_days_already(given_day):
    assert DayField().clean(given_day) == date(2026, 3, 10)


def test_the_field_sees_no_change_in_another_spelling():
    changed = [DayField().has_changed(date(2026, 3, 10), typed) for typed in ("2026年3月10日", "2026.3.11", "?")]
    assert changed == [False, True, True]


def chinese(day):
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{tens(day.month)}月{tens(day.day)}日"


def tens(number):
    before, after = divmod(number, 10)
    first = {0: "", 1: "十"}.get(before, f"{NUMERALS[before]}十")
    return first + (NUMERALS[after] if after else "")

import csv
import io
from dataclasses import FrozenInstanceError

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from liaison.tools.figures import Bar, Breakdown, Figure, breakdown, percent
from liaison.tools.sheets import Column, headings, page_rows, write_csv, write_xlsx

COLUMNS = [Column("number", "Number", str)]


def count(rows, **more):
    return Figure("open", "Open", "Not yet archived", rows, COLUMNS, **more)


def rate(numerator, denominator, columns=COLUMNS, **more):
    return Figure("told_rate", "Told", "Told of those answered", None, columns, numerator, denominator, **more)


def lines_of(figure):
    text = b"".join(write_csv(figure.columns, figure.rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_count_is_the_number_of_its_rows():
    figure = count([3, 1, 2], unit="件")
    assert (figure.value, figure.shown, figure.count(), figure.unit, figure.is_rate) == (3, "3", 3, "件", False)
    assert (figure.numerator_count, figure.denominator_count) == (None, None)


def test_a_count_of_nothing_is_nought():
    assert (count([]).value, count([]).shown) == (0, "0")


def test_a_rate_is_a_percentage_that_carries_both_its_numbers():
    figure = rate([1, 2], [1, 2, 3])
    assert (figure.value, figure.shown, figure.unit, figure.is_rate) == (66.7, "66.7", "%", True)
    assert (figure.numerator_count, figure.denominator_count, figure.count()) == (2, 3, 3)


def test_a_rate_of_nothing_is_unknown_not_nought():
    figure = rate([], [])
    assert (figure.value, figure.shown, figure.count(), figure.recount()) == (None, "—", 0, None)


def test_a_rate_lists_its_denominator_and_says_of_each_row_whether_it_counts():
    figure = rate([1, 3], [1, 2, 3])
    assert headings(figure.columns) == ["Number", "Counted in"]
    assert list(page_rows(figure.columns, figure.rows)) == [["1", "Yes"], ["2", "No"], ["3", "Yes"]]


def test_page_csv_and_excel_show_the_same_rows():
    figure = rate([1, 3], [1, 2, 3])
    shown = [headings(figure.columns), *page_rows(figure.columns, figure.rows)]
    with write_xlsx(figure.columns, figure.rows, figure.name) as file:
        sheet = openpyxl.load_workbook(io.BytesIO(file.read())).active
    assert lines_of(figure) == shown
    assert ([list(row) for row in sheet.values], sheet.title) == (shown, "Told")


def test_rows_that_cannot_be_hashed_are_marked_as_well():
    told, silent = {"n": 1}, {"n": 2}
    figure = rate([told], [told, silent], [Column("n", "Number")])
    assert (figure.value, figure.recount(), lines_of(figure)[1:]) == (50.0, 50.0, [["1", "Yes"], ["2", "No"]])


@pytest.mark.parametrize("parts", [{"numerator": [1]}, {"denominator": [1]}])
def test_half_a_rate_is_a_mistake(parts):
    with pytest.raises(ValueError, match="open: a rate needs numerator and denominator"):
        count([1], **parts)


def test_a_figure_does_not_change():
    with pytest.raises(FrozenInstanceError):
        count([1]).rows = []


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_whoever_counts_the_rows_gets_the_figure(some, others):
    every = sorted(some | others)
    assert count(every).recount() == count(every).value
    assert rate(sorted(some), every).recount() == rate(sorted(some), every).value


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [
        (0, 0, None),
        (0, 7, 0.0),
        (7, 7, 100.0),
        (1, 3, 33.3),
        (1, 16, 6.3),
        (1, 8, 12.5),
        (1, 2000, 0.1),
        (1, 2001, 0.0),
    ],
)
def test_percentages_have_one_decimal_and_halves_go_up(part, whole, value):
    assert percent(part, whole) == value


def test_a_breakdown_gives_each_part_its_share_of_the_whole():
    parts = breakdown("By category", ["Category", "Opinions"], [("供水", 6, "?category=1"), ("供热", 3), ("道路", 0)])
    bars = [Bar("供水", 6, 66.7, "?category=1"), Bar("供热", 3, 33.3), Bar("道路", 0, 0.0)]
    assert parts == Breakdown("By category", ["Category", "Opinions"], bars)


def test_a_breakdown_of_nothing_has_empty_bars():
    assert breakdown("By category", ["Category", "Opinions"], [("供水", 0)]).rows == [Bar("供水", 0, 0.0)]
    assert breakdown("By category", ["Category", "Opinions"], []).rows == []


# With rows of a database; these are there after migrating, whatever apps come.

GROUPS = [Column("name", "Name"), Column("model", "Model", "content_type.model")]


@pytest.fixture
def permissions(db):
    kind = ContentType.objects.get(app_label="auth", model="group")
    return Permission.objects.filter(content_type=kind).select_related("content_type").order_by("codename")


def test_a_count_of_a_queryset_asks_once(permissions, django_assert_num_queries):
    figure = Figure("open", "Open", "", permissions, GROUPS)
    with django_assert_num_queries(1):
        assert (figure.value, figure.shown, figure.count()) == (4, "4", 4)
    assert figure.recount() == 4


def test_a_rate_of_querysets_asks_twice_and_lists_with_one_query(permissions, django_assert_num_queries):
    figure = rate(permissions.filter(codename__contains="e_g"), permissions, GROUPS)
    with django_assert_num_queries(2):
        assert (figure.value, figure.shown, figure.count(), figure.numerator_count) == (50.0, "50.0", 4, 2)
    with django_assert_num_queries(1):
        lines = lines_of(figure)
    assert [line[1:] for line in lines] == [
        ["Model", "Counted in"],
        *(["group", word] for word in ["No", "Yes", "Yes", "No"]),
    ]
    assert figure.recount() == 50.0


def test_a_total_is_the_sum_of_a_field_of_its_rows(permissions):
    field = [Column("kind", "Kind", "content_type_id")]
    figure = Figure("residents", "Residents", "", permissions, field, total="content_type_id")
    kind = permissions[0].content_type_id
    assert (figure.value, figure.count(), figure.recount()) == (4 * kind, 4, 4 * kind)
    assert Figure("residents", "Residents", "", permissions.none(), field, total="content_type_id").value == 0


def test_a_page_of_a_rate_is_marked_like_the_whole(permissions):
    figure = rate(permissions.filter(codename="add_group"), permissions, GROUPS)
    assert [row[-1] for row in page_rows(figure.columns, figure.rows[:2])] == ["Yes", "No"]


def test_no_row_of_a_rate_is_counted_through_a_join_twice(permissions):
    kinds = ContentType.objects.filter(app_label="auth").order_by("model")
    busy = kinds.filter(permission__codename__endswith="group").distinct()
    figure = rate(busy, kinds, [Column("model", "Model")])
    assert (figure.value, figure.recount()) == (50.0, 50.0)
    assert list(page_rows(figure.columns, figure.rows)) == [["group", "Yes"], ["permission", "No"]]

"""Which divisions lie below which, and which of them coverage counts."""

from datetime import date

import pytest

from liaison.divisions.models import Division


@pytest.fixture
def divisions():
    rows = [
        ("230000", "黑龙江省", 1, "", None, None),
        ("230100", "哈尔滨市", 2, "", "230000", None),
        ("230102", "道里区", 3, "", "230100", None),
        ("230102001", "兆麟街道", 4, "street", "230102", None),
        ("230102100", "太平镇", 4, "town", "230102", None),
        ("230102200", "榆树乡", 4, "township", "230102", None),
        ("230102201", "新农乡", 4, "township", "230102", date(2020, 1, 1)),
        ("230102500", "开发区", 4, "quasi", "230102", None),
        ("230110", "香坊区", 3, "", "230100", None),
        ("231000", "牡丹江市", 2, "", "230000", None),
        ("X230102001", "建国街道", 4, "street", "230102", date(2019, 1, 1)),
    ]
    names = ("code", "name", "level", "kind", "parent_id", "retired_on")
    Division.objects.bulk_create(Division(**dict(zip(names, row, strict=True))) for row in rows)


def codes(divisions):
    return list(divisions.values_list("code", flat=True))


@pytest.mark.usefixtures("divisions")
def test_below_is_the_division_and_what_lies_in_it():
    district = ["230102", "230102001", "230102100", "230102200", "230102201", "230102500"]
    assert codes(Division.objects.below("230102")) == district
    assert codes(Division.objects.below("230100")) == ["230100", *district, "230110"]
    assert len(codes(Division.objects.below("230000"))) == 10
    assert codes(Division.objects.below("230102100")) == ["230102100"]
    assert codes(Division.objects.below("X230102001")) == ["X230102001"]
    assert codes(Division.objects.below("240000")) == []


@pytest.mark.usefixtures("divisions")
def test_coverage_counts_streets_towns_and_townships_that_stand():
    assert codes(Division.objects.below("230102").covered()) == ["230102001", "230102100", "230102200"]


@pytest.mark.usefixtures("divisions")
def test_a_retired_division_is_not_current():
    assert codes(Division.objects.filter(level=4).current()) == ["230102001", "230102100", "230102200", "230102500"]

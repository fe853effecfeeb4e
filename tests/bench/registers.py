"""Registers of a whole city as files: made from the official divisions, always the same, nobody in them real."""

import csv
import io
from datetime import date, timedelta
from itertools import product

from liaison.divisions.models import Division
from representatives.models import Congress, Term

HARBIN = "230100"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏秋冬东南西北"
SEATS = ["姓名", "代表层级", "届次", "区划代码", "选区/选举单位"]
SEATS += ["性别", "出生年月", "单位及职务", "代表团", "所属联络站（主）", "同一人序号"]
STATIONS = ["编码", "名称", "区划代码", "类型", "地址", "电话"]
STATIONS += ["开放时间", "站长", "联络员", "成立时间", "年度经费", "服务范围"]
VISITS = ["联络站编码", "日期", "开始时间", "结束时间", "活动形式", "接待群众", "主要内容", "成果", "记录人"]


def names(how_many: int) -> list[str]:
    """As many different names."""
    made = product(SURNAMES, GIVEN, GIVEN)
    return ["".join(parts) for parts, _number in zip(made, range(how_many), strict=False)]


def csv_of(headings, rows) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return io.BytesIO(text.getvalue().encode())


def streets(how_many: int) -> list[str]:
    """The codes of streets and townships, each once before any comes again."""
    found = list(Division.objects.below(HARBIN).filter(level=4).values_list("code", flat=True))
    return [found[number % len(found)] for number in range(how_many)]


def code_of(street: str, number: int) -> str:
    return f"{street}-Z{number:03d}"


def stations(how_many: int) -> io.BytesIO:
    common = ["联络站", "某路1号", "0451-00000000", "工作日"]
    rows = []
    for number, street in enumerate(streets(how_many)):
        people = [f"站长{number}", f"联络员{number}、协理{number}"]
        named = [code_of(street, number), f"第{number}站", street]
        rows.append([*named, *common, *people, "2020-05-01", "3万", "三个社区"])
    return csv_of(STATIONS, rows)


def congresses() -> None:
    """The eighteenth term of the city's and of every district's congress."""
    for division in [Division.objects.get(pk=HARBIN), *Division.objects.below(HARBIN).filter(level=3)]:
        facts = {"name": f"{division.name}人民代表大会", "level": division.level + 1}
        congress, _is_new = Congress.objects.get_or_create(division=division, defaults=facts)
        Term.objects.get_or_create(congress=congress, ordinal=18, defaults={"starts_on": date(2021, 12, 1)})


def people(persons: int, mandates: int, at: int) -> io.BytesIO:
    """The first of them sit in the city's congress too; everybody belongs to one of `at` stations."""
    places = [(street, code_of(street, number)) for number, street in enumerate(streets(at))]
    rows = []
    for number, name in enumerate(names(persons)):
        street, station = places[number % at]
        facts = ["女" if number % 2 else "男", "1975-05", "某单位职工", "第一代表团", station, number]
        rows.append([name, "县级", "十八", street[:6], f"第{number}选区", *facts])
        if number < mandates - persons:
            rows.append([name, "市级", "十八", HARBIN, f"选举单位{number}", *facts[:4], "", number])
    return csv_of(SEATS, rows)


def visits(how_many: int, at: int) -> io.BytesIO:
    places = [code_of(street, number) for number, street in enumerate(streets(at))]
    rows = []
    for number in range(how_many):
        day = date(2024, 1, 2) + timedelta(days=number // at)
        words = "接待群众，收到关于供热和道路的意见。" * 3
        rows.append(
            [places[number % at], day.isoformat(), "9:00", "11:00", "接待日", number % 30, words, "已答复", "某某"]
        )
    return csv_of(VISITS, rows)

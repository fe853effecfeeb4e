"""An opinion whose reporter is marked, walked down its road: no mark may stand on any paper."""

from datetime import date

from tests.support import factories as make

NAME, PHONE = "钱多多", "13912345678"
MARKS = (NAME, PHONE)
SUMMARY = "路灯不亮半个月"
LONG_AGO = date(2026, 3, 2)


def opinion(station, **facts):
    reporter = {"name": NAME, "phone": PHONE, "identity_mode": "real"}
    defaults = {"summary": SUMMARY, "body": "我家门口路灯坏了", "place": "松苑3号楼"}
    return make.opinion(station, reporter=reporter, **defaults | facts)


def life(station, **facts):
    return make.Life(opinion(station, **facts), make.organisation(name="道里区城市管理局"))


def slip_of(client, opinion, key, **query):
    return client.get(f"/admin/opinions/opinion/{opinion.pk}/slips/{key}/", query)

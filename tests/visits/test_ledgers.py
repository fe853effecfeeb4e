"""One visit entered once stands, without further typing, in the reception, activity and opinion ledgers."""

from feedback.opinions.models import Opinion
from stations.receptions.models import Reception
from tests.support import factories as make
from tests.visits.test_entry import TODAY
from tests.visits.typing import ADD, errors_of, filled

YEAR = {"from": "2026-01-01", "to": "2026-12-31"}


def rows_of(client, address) -> list[dict]:
    page = client.get(f"/admin/{address}/", YEAR)
    keys = [column["key"] for column in page.context["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in page.context["rows"]]


def test_one_visit_entered_stands_in_every_ledger_it_belongs_to(clerk, station, mandates):
    make.reception(station, TODAY, receiving=mandates[:2])
    typed = {
        "present": [str(row.pk) for row in mandates[:6]],
        "residents_received": "12",
        "opinions-0-body": "雪没人清",
        "opinions-0-place": "南门",
        "commitments-0-who": "街道办事处",
        "commitments-0-what": "三日内清雪",
    }
    response = clerk.post(ADD, filled(clerk) | typed)
    assert response.status_code == 302, errors_of(response)
    number, names = Opinion.objects.get().number, "、".join(row.person.name for row in mandates[:6])
    mine, more = ("、".join(row.person.name for row in rows) for rows in (mandates[:2], mandates[2:6]))
    apart = f"{mine}；其他代表：{more}"

    (received,) = rows_of(clerk, "opinions/opinion/receptions")
    assert (received["number"], received["present"], received["matter"]) == (number, names, "雪没人清")
    (record,) = rows_of(clerk, "visits/visit/book")
    assert record["attendance"] == f"应到2 实到2 请假0 其他代表到场4\n{apart}"
    (activity,) = rows_of(clerk, "visits/visit/activities")
    assert (activity["expected"], activity["came"], activity["present"]) == ("2", "2", apart)
    assert (activity["residents"], activity["raised"]) == ("12", f"{number} 雪没人清")
    (opinion,) = rows_of(clerk, "opinions/opinion/book")
    assert (opinion["number"], opinion["present"], opinion["place"]) == (number, names, "南门")
    (duty,) = rows_of(clerk, "visits/visit/rota")
    assert (duty["came"], duty["status"], Reception.objects.get().status) == (apart, "已开展", "held")
    (promise,) = rows_of(clerk, "visits/commitment/book")
    assert (promise["who"], promise["what"]) == ("街道办事处", "三日内清雪")
    assert rows_of(clerk, "visits/visit/outreach") == rows_of(clerk, "visits/visit/training") == []

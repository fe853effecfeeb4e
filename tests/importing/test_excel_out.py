"""Excel out: the whole list as it is filtered, from every register, with a line in the trail."""

import io

import openpyxl
from django.contrib import admin

from liaison.audit.models import Entry
from tests.access.crawling import signed_in
from tests.support import factories as make

WHOLE = {
    "action": "download",
    "index": "0",
    "select_across": "1",
    "_selected_action": "0",
}  # what the list's button sends


def test_every_register_can_be_taken_away():
    kept = [page for page in admin.site._registry.values() if page.group == "registers"]
    assert [page.opts.label for page in kept if not page.ledger] == []
    assert len(kept) >= 9


def test_the_button_takes_all_that_is_filtered_and_the_trail_says_so():
    for number in range(60):
        make.station(name=f"站{number}", kind="home" if number < 55 else "station")
    client = signed_in(make.granted("officer"))
    address = "/admin/stations/station/?kind__exact=home"
    assert 'name="select_across" value="1"' in client.get(address).content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.post(address, WHOLE).getvalue())).active
    assert sheet.max_row == 56
    assert Entry.objects.get(action="export").detail == {"sheet": "stations.station", "rows": 55}

"""A printer, and a station whose every opinion carries a marked reporter."""

import pytest

from tests.support import chromium
from tests.support import factories as make
from tests.support.libreoffice import converted
from tests.support.printing import Printer


@pytest.fixture(scope="package")
def printer():
    if reason := chromium.missing():
        pytest.skip(reason)
    printer = Printer().start()
    yield printer
    printer.stop()


@pytest.fixture
def office_program(tmp_path):
    """office_program(path, "csv"): the file as LibreOffice reads it; it may warn of nothing."""
    return lambda path, kind: converted([path], kind, tmp_path)[0]


@pytest.fixture
def station():
    make.office(full_name="道里区人大常委会", phone="0451-00000000")
    return make.station(name="抚顺街道人大代表联络站", phone="0451-11111111")

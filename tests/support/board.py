"""Reading what a page or a file of the dashboard says."""

import csv
import io
import re
from html import unescape

from tests.support.pages import Page

BAR = re.compile(r'<th scope="row">(.*?)</th>\s*<td class="num"><a href="(.*?)">(.*?)</a></td>')


def figures_on(page):
    """The attributes of each figure's mark by its key."""
    return {values["data-figure"]: values for _tag, values in Page(page).elements if "data-figure" in values}


def bars_on(page):
    """(label, address, number) of each bar."""
    return [(unescape(label), unescape(address), int(value)) for label, address, value in BAR.findall(page)]


def count_on(page):
    return next(int(values["data-count"]) for _tag, values in Page(page).elements if "data-count" in values)


def rows_on(page):
    """The texts of the table's cells, row by row."""
    lines = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", line) for line in lines]
    return [[unescape(re.sub("<[^>]*>", "", cell)) for cell in line] for line in cells]


def body_of(response):
    """A streamed answer, read to its end (which closes it)."""
    return b"".join(response.streaming_content)


def lines_of(response):
    """The lines of a CSV, its headings first."""
    return list(csv.reader(io.StringIO(body_of(response).decode("utf-8-sig"))))

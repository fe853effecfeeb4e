"""The archive on paper: a page to print, a Word document, a PDF. All three are made of the same sections."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from liaison.rulebook.office import served_office
from liaison.tools.papers import paper, pdf_paper, taken_away
from liaison.tools.word import DOCX, word

STYLES = ("css/archive.css",)
DEMO = gettext_lazy(
    "Demonstration data: bodies, people and matters are invented and have nothing to do with real ones."
)


def printed(request, archive, *, back, files=()) -> HttpResponse:
    """`files` are (name, address) of what may be taken away."""
    context = {"title": archive.title, "archive": archive, "back": back, "files": files}
    return paper(request, "duty/archive/paper.html", context, offered=("a4",))


def word_file(archive) -> HttpResponse:
    content = word(archive.title, lines_above(archive), archive.sections)
    return taken_away(content, DOCX, f"{_name_of(archive)}.docx")


def pdf_file(archive) -> HttpResponse:
    """Ask `documents.can_make_pdf` first."""
    context = {"archive": archive, "lines": lines_above(archive)}
    return pdf_paper("duty/archive/document.html", context, STYLES, _name_of(archive))


def lines_above(archive) -> list[str]:
    office = served_office()
    return [archive.name, archive.days, *([str(DEMO)] if office and office.is_demo else [])]


def _name_of(archive) -> str:
    return f"{archive.title} {archive.name} {archive.days}"

"""The archive on paper: a page to print, a Word document, a PDF. All three are made of the same sections."""

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from liaison.rulebook.office import served_office
from liaison.tools import documents
from liaison.tools.papers import paper
from liaison.tools.word import DOCX, UNREADABLE, word

PDF = "application/pdf"
STYLES = "css/archive.css"
DEMO = gettext_lazy(
    "Demonstration data: bodies, people and matters are invented and have nothing to do with real ones."
)


def printed(request, archive, *, back, files=()) -> HttpResponse:
    """`files` are (name, address) of what may be taken away."""
    context = {"title": archive.title, "archive": archive, "back": back, "files": files}
    return paper(request, "duty/archive/paper.html", context, offered=("a4",))


def word_file(archive) -> HttpResponse:
    return _file(word(archive.title, lines_above(archive), archive.sections), archive, DOCX, "docx")


def pdf_file(archive) -> HttpResponse:
    """Ask `documents.can_make_pdf` first."""
    with open(finders.find(STYLES), encoding="utf-8") as file:
        styles = file.read()
    html = render_to_string("duty/archive/document.html", {"archive": archive, "lines": lines_above(archive)})
    return _file(documents.pdf(UNREADABLE.sub("", html), styles), archive, PDF, "pdf")


def lines_above(archive) -> list[str]:
    office = served_office()
    return [archive.name, archive.days, *([str(DEMO)] if office and office.is_demo else [])]


def _file(content, archive, content_type, kind) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"{archive.title} {archive.name} {archive.days}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response

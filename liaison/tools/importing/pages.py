"""The pages of the work platform on which a register is filled from a file: choose, look, answer, confirm."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools.importing import waiting
from liaison.tools.importing.plan import ANOTHER, CHANGED, NEW, UNCHANGED, Plan, Subject, take_in
from liaison.tools.importing.template import workbook
from liaison.tools.sheets import SheetRefused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
SHOWN = 50  # changes
MOST_WRONG = 200
MOST_QUESTIONS = 200
STATUS = {NEW: _("New"), CHANGED: _("Changed"), UNCHANGED: _("Unchanged")}
GONE = _("This file is no longer here, please choose it again.")
FOR_THE_REST = [("", _("ask me")), ("same", _("the first one named")), (ANOTHER, _("another one"))]


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("the file (XLSX or CSV)"),
        allow_empty_file=True,  # the reader says it better
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.gz"}),
        error_messages={"required": _("Please choose a file"), "missing": _("Please choose a file")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is too big, %(size)s MB at most") % {"size": MOST_BYTES // MEGABYTE}
            )
        return file


class ImportPages:
    """The pages of one kind of file. Nothing is saved before somebody has looked."""

    def __init__(self, subject: type[Subject]):
        self.subject, self.opts = subject, subject.model._meta
        self.leads_from = subject.listed_with or (subject.model,)

    def urls(self, site):
        self.site = site
        page, form = site.admin_view(self.page), site.admin_view(require_safe(self.form_page))
        return [
            path(f"imports/{self.subject.name}/", page, name=f"import_{self.subject.name}"),
            path(f"imports/{self.subject.name}/form.xlsx", form, name=f"import_{self.subject.name}_form"),
        ]

    def may(self, user) -> bool:
        return user.has_perm(self.subject.permission)

    def address(self, ending="") -> str:
        return reverse(f"admin:import_{self.subject.name}{ending}")

    def list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def form_page(self, request):
        if not self.may(request.user):
            raise PermissionDenied
        title = str(self.opts.verbose_name_plural)
        return FileResponse(workbook(self.subject.columns, title), as_attachment=True, filename=f"{title}.xlsx")

    def page(self, request):
        if not self.may(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, FileForm())
        return self._confirm(request) if "token" in request.POST else self._receive(request)

    def _receive(self, request):
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        file = form.cleaned_data["file"]
        name = waiting.keep(file.read())
        return self._look(request, waiting.Kept(name, request.user.pk, self.subject.name, file.name[-100:], ""))

    def _look(self, request, kept, answers=None, rest="", said=""):
        """The plan, with what is wrong or to be asked; only a file that can be taken waits on."""
        try:
            with waiting.opened(kept.name) as file:
                plan = self.subject(request.user, answers, rest).plan(file, kept.file_name)
        except SheetRefused as refusal:
            waiting.drop(kept.name)
            return self._refused(request, refusal.reason)
        if not plan.can_be_taken:
            waiting.drop(kept.name)
        if plan.wrong:
            return self._page(request, FileForm(), plan=shown(plan), file_name=kept.file_name)
        kept = waiting.Kept(kept.name, kept.user, kept.subject, kept.file_name, plan.digest)
        facts = {"plan": shown(plan, answers), "token": kept.token, "rest": rest, "rests": FOR_THE_REST, "said": said}
        return self._page(request, FileForm(), file_name=kept.file_name, **facts)

    def _refused(self, request, reason):
        return self._page(request, FileForm(), refused=str(reason).split("\n"))

    def _confirm(self, request):
        answers, rest = answers_in(request.POST), request.POST.get("rest", "")
        try:
            kept = waiting.kept(request.POST["token"], user=request.user, subject=self.subject.name)
            claimed = waiting.claim(kept.name)
        except waiting.Gone:
            return self._refused(request, GONE)
        try:
            plan = self._take_in(request, kept, claimed, answers, rest)
        except SheetRefused as refusal:
            waiting.give_back(claimed)
            return self._look(request, kept, answers, rest, said=str(refusal.reason))
        waiting.drop(claimed)
        messages.success(request, words_of(plan))
        return HttpResponseRedirect(self.list_address())

    def _take_in(self, request, kept, claimed, answers, rest) -> Plan:
        subject = self.subject(request.user, answers, rest)
        with waiting.opened(claimed) as file:
            return take_in(subject, file, kept.file_name, expected=kept.digest)

    def _page(self, request, form, **facts):
        context = self.site.each_context(request) | {
            "title": _("Excel in"),
            "opts": self.opts,
            "form": form,
            "columns": self.subject.columns.all,
            "form_url": self.address("_form"),
            "list_url": self.list_address(),
        }
        response = TemplateResponse(request, "admin/import.html", context | facts)
        response["Cache-Control"] = "no-store"
        return response


def answers_in(posted) -> dict[int, str]:
    """What was chosen for each line: `same-12=person:5`."""
    lines = {name.removeprefix("same-"): value for name, value in posted.items() if name.startswith("same-")}
    return {int(line): value for line, value in lines.items() if line.isascii() and line.isdigit() and len(line) < 10}


def words_of(plan: Plan) -> str:
    counts = plan.counts
    if counts[NEW] == counts[CHANGED] == 0:
        return _("Nothing to change: all of it is known already.")
    said = _("Taken in: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    return said % counts


def shown(plan: Plan, answers=None) -> dict:
    """The plan as the page's template lays it out."""
    answers = answers or {}
    telling = [change for change in plan.changes if change.status != UNCHANGED]
    return {
        "rows": plan.rows,
        "counts": [(status, STATUS[status], count) for status, count in plan.counts.items()],
        "changes": [(change, STATUS[change.status]) for change in telling[:SHOWN]],
        "more_changes": max(len(telling) - SHOWN, 0),
        "wrong": plan.wrong[:MOST_WRONG],
        "wrong_lines": plan.wrong_lines,
        "more_wrong": max(len(plan.wrong) - MOST_WRONG, 0),
        "questions": [_question(question, answers) for question in plan.asked[:MOST_QUESTIONS]],
        "more_questions": max(len(plan.asked) - MOST_QUESTIONS, 0),
        "can_be_taken": plan.can_be_taken,
    }


def _question(question, answers):
    choices = [(value, words, answers.get(question.line) == value) for value, words in question.choices]
    return {"line": question.line, "title": question.title, "choices": choices}

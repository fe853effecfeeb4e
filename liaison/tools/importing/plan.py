"""What a file would bring, before anything is saved: the counts, each change, what is wrong, what is to be asked."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.tools.admin import record, seen_by
from liaison.tools.importing.basket import Basket, Difference
from liaison.tools.importing.columns import Columns, Line
from liaison.tools.row_errors import RowErrors, RowRefused
from liaison.tools.sheets import SheetRefused
from liaison.tools.workflow import SYSTEM

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
ANOTHER = "another"


@dataclass(frozen=True)
class Wrong:
    """Something in a line that cannot be taken; the column is empty where it is about the whole line."""

    line: int
    column: str
    reason: str

    @property
    def words(self) -> str:
        is_told = not self.column or self.reason.startswith(self.column)
        return self.reason if is_told else f"{self.column}：{self.reason}"


@dataclass
class Change:
    """What a line does."""

    line: int
    title: str
    status: str = UNCHANGED
    differences: list[Difference] = field(default_factory=list)

    def is_new(self):
        self.status = NEW

    def adds(self, record) -> None:
        """A record that comes along."""
        self.differs([Difference(str(record._meta.verbose_name), "", str(record))])

    def differs(self, differences: Iterable[Difference]) -> None:
        self.differences += differences
        if self.differences and self.status == UNCHANGED:
            self.status = CHANGED


@dataclass(frozen=True)
class Question:
    """A line that may be about a record known already: which one, or another."""

    line: int
    title: str
    choices: list[tuple[str, str]]


class Asked(Exception):
    """A line cannot be taken before somebody answers."""

    def __init__(self, question: Question):
        super().__init__(question.title)
        self.question = question


@dataclass
class Plan:
    """The whole file. `asked` are its questions, the answered ones too, so that an answer can be taken back."""

    basket: Basket
    rows: int = 0
    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    unanswered: list[Question] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(change.status for change in self.changes)
        return {status: found[status] for status in (NEW, CHANGED, UNCHANGED)}

    @property
    def can_be_taken(self) -> bool:
        """There is something to save or to answer, and nothing to mend."""
        counts = self.counts
        return not self.wrong and bool(self.asked or counts[NEW] or counts[CHANGED])

    @property
    def wrong_lines(self) -> int:
        return len({wrong.line for wrong in self.wrong})

    @property
    def digest(self) -> str:
        """The same for the same plan, apart from what answers decide."""
        asked = {question.line for question in self.asked}
        said = [(change.line, change.status) for change in self.changes if change.line not in asked]
        return hashlib.sha256(repr((sorted(said), sorted(asked))).encode()).hexdigest()[:32]

    def check(self) -> None:
        """Raises SheetRefused with a sentence for each line that cannot be taken, and for each open question."""
        errors = RowErrors()
        for wrong in self.wrong:
            errors.add(wrong.line, wrong.words)
        for question in self.unanswered:
            known = "；".join(words for value, words in question.choices if value != ANOTHER)
            errors.add(
                question.line, _("{name} may be somebody known: {known}").format(name=question.title, known=known)
            )
        errors.check()

    def save(self) -> None:
        self.basket.save()


class Subject:
    """One kind of file. `user` None is the system, who may write everywhere; `answers` by line (`Question`)."""

    name = ""  # in the address of its page
    model: type[models.Model]
    listed_with: tuple[
        type[models.Model], ...
    ] = ()  # whose lists lead to the page; the model's own where none is named
    columns: Columns
    permission = ""  # who may bring such a file
    order: tuple[type[models.Model], ...] = ()

    def __init__(self, user=None, answers=None, default_answer=""):
        self.user, self.answers, self.default_answer = user, answers or {}, default_answer
        self.today = timezone.localdate()
        self.basket = Basket(self.order)
        self.asked: list[Question] = []
        self.afterwards: list[tuple[Line, Callable[[], None]]] = []  # what can only be done when every line is known

    def prepare(self, lines: list[Line]) -> None:
        """Fetch what the lines name, in a few queries."""

    def take(self, line: Line) -> Change:
        """Put what the line says into the basket. Raises RowRefused, or Asked."""
        raise NotImplementedError

    def plan(self, source, name: str = "") -> Plan:
        """Raises SheetRefused where the file as a whole cannot be read."""
        lines = self.columns.read(source, name)
        self.prepare(lines)
        plan = Plan(self.basket, len(lines), asked=self.asked)
        for line in lines:
            self._plan_line(plan, line, lambda line=line: plan.changes.append(self.take(line)))
        for line, action in self.afterwards:
            self._plan_line(plan, line, action)
        return plan

    def _plan_line(self, plan, line, action):
        if line.wrong:
            plan.wrong += [Wrong(line.number, column, reason) for column, reason in line.wrong]
            return
        try:
            action()
        except RowRefused as refusal:
            heading = self.columns.heading(refusal.column) if refusal.column else ""
            plan.wrong.append(Wrong(line.number, heading, str(refusal.reason)))
        except Asked as asked:
            plan.unanswered.append(asked.question)

    def ask(self, line: Line, title: str, choices: list[tuple[str, str]]) -> str:
        """The answer given for the line: the value of a choice. Raises Asked where there is none yet."""
        question = Question(line.number, title, [*choices, (ANOTHER, _("another one"))])
        self.asked.append(question)
        answer = self.answers.get(line.number) or self._default(choices)
        if answer not in {value for value, _words in question.choices}:
            raise Asked(question)
        return answer

    def _default(self, choices):
        return choices[0][0] if self.default_answer == "same" else self.default_answer

    def rows(self, model, permission: str):
        """What the bringer may write on; what lies outside is not there."""
        rows = model._default_manager.all()
        return rows if self.user is None else seen_by(self.user, rows, permission)


def take_in(subject: Subject, source, name: str = "", *, expected: str = "") -> Plan:
    """Save the whole file or nothing. `expected` is the digest of the plan somebody looked at.

    Raises SheetRefused, also where the records have changed since that look.
    """
    try:
        with transaction.atomic():
            plan = subject.plan(source, name)
            plan.check()
            if expected and plan.digest != expected:
                raise SheetRefused(_("The records have changed meanwhile, please look again."))
            plan.save()
            _tell(subject, plan)
    except IntegrityError as error:
        raise SheetRefused(_("Somebody is changing the same records, please try again.")) from error
    return plan


def _tell(subject, plan):
    detail = {"sheet": subject.model._meta.label_lower, "rows": plan.rows} | plan.counts
    record("import", None, actor=subject.user or SYSTEM, detail=detail)

import re

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.audit import words
from liaison.audit.filters import ActionFilter, ActorFilter, DayFilter, KindFilter
from liaison.audit.models import Entry
from liaison.tools.admin import LONGEST_SEARCH, ReadOnly, ScopedAdmin
from liaison.tools.dates import parse_day
from liaison.tools.periods import custom
from liaison.tools.sheets import Column

NUMBER = re.compile(r"[A-Z]{2}-\d{4}-0*(\d{1,18})")  # of a matter: it ends in the record's own key


@admin.register(Entry)
class EntryAdmin(ReadOnly, ScopedAdmin):
    group, place = "settings", 90
    list_display = ("moment", "actor", "action_words", "kind", "object_id", "result")
    list_display_links = ("moment",)
    list_filter = (DayFilter, ActorFilter, ActionFilter, KindFilter, "result")
    search_fields = ("actor_name",)  # what is looked for is read below
    search_help_text = _("Name of the person, number of the record, or a day")
    fields = ("moment", "actor", "action_words", "kind", "object_id", "result", "detail_words")
    ledger = (
        Column("at", _("time"), words.moment_of),
        Column("actor", _("by whom"), words.actor_of),
        Column("action", _("action"), words.action_of),
        Column("kind", _("kind of record"), words.kind_of),
        Column("object_id", _("record")),
        Column("result", _("result"), "get_result_display"),
        Column("detail", _("detail"), words.detail_of),
    )

    def get_search_results(self, request, queryset, search_term):
        """A day, a number of a record, or part of a name; nothing typed is read as a pattern."""
        asked = search_term[:LONGEST_SEARCH].replace("\x00", "").strip()
        return queryset.filter(**_condition(asked)) if asked else queryset, False

    @admin.display(description=_("time"), ordering="at")
    def moment(self, entry):
        return words.moment_of(entry)

    @admin.display(description=_("by whom"), ordering="actor_name")
    def actor(self, entry):
        return words.actor_of(entry)

    @admin.display(description=_("action"), ordering="action")
    def action_words(self, entry):
        return words.action_of(entry)

    @admin.display(description=_("kind of record"), ordering="object_type")
    def kind(self, entry):
        return words.kind_of(entry)

    @admin.display(description=_("detail"), empty_value="—")
    def detail_words(self, entry):
        return words.detail_of(entry) or None


def _condition(asked) -> dict:
    if asked.isascii() and asked.isdigit() and len(asked) < 8:  # eight digits are a day
        return {"object_id": asked}
    if number := NUMBER.fullmatch(asked.upper()):
        return {"object_id": number[1]}
    try:
        day = parse_day(asked, timezone.localdate())
    except ValueError:
        return {"actor_name__contains": asked}
    return custom(day, day).moments("at")

"""Each lock taken out in turn, and the probe that must notice. A mutant that survives is a lock nobody tests."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import get_resolver

from feedback.opinions import admin as opinion_admin
from feedback.opinions import desk, papers, progress, publishing, urge_pages, workflow
from feedback.opinions.models import Opinion, OpinionAssignment
from feedback.opinions.publications import Publication, PublicationQuerySet
from feedback.proposals import models as proposals
from feedback.proposals.models import Proposal, ProposalQuerySet
from liaison.accounts import granting, scope
from liaison.accounts.backends import RoleBackend
from liaison.accounts.models import GrantQuerySet
from liaison.accounts.roles import ROLES
from liaison.accounts.scope import Scope, ScopedQuerySet
from liaison.api.figures import MayReadFigures
from liaison.dashboard.asked import Asked
from liaison.duty import answers
from liaison.duty.reach import Own
from liaison.tools import admin as tools
from liaison.tools.admin import ScopedAdmin, ScopedFields, ScopedRelatedFilter
from liaison.tools.workflow import Matter
from stations.eight_haves import views as eight_haves
from stations.receptions import turning
from stations.receptions.models import Reception, ReceptionRule, TurnRequest
from stations.register.admin import StaffPostAdmin
from stations.register.models import InForceQuerySet, StaffPost, Station
from stations.visits.models import Visit
from tests.access import probes


@dataclass(frozen=True)
class Mutant:
    """`break_it` takes the lock out for as long as its monkeypatch lasts."""

    lock: str
    break_it: Callable
    probe: Callable


def replaced(owner, name, value):
    return lambda patch: patch.setattr(owner, name, value)


def without_path(model, kind):
    """The model no longer says that its rows hang there."""
    kept = {name: path for name, path in model.scope_paths.items() if name != kind}
    return replaced(model, "scope_paths", kept)


def bare(view_name):
    """The view without its decorators."""

    def break_it(patch):
        patterns = [found for found in leaves(get_resolver()) if found.lookup_str == view_name]
        assert patterns, view_name
        for pattern in patterns:
            patch.setattr(pattern, "callback", undecorated(pattern.callback))

    return break_it


def leaves(resolver):
    for pattern in resolver.url_patterns:
        yield from leaves(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def undecorated(view):
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def free(move):
    """The move asks for no more than that its maker may see the opinion."""

    def break_it(patch):
        patch.setitem(workflow.MOVES, move.key, replace(move, permission=SEES))

    return break_it


def any_slip(patch):
    """Slips ask for no more than that their reader may see the opinion."""
    for key, slip in papers.SLIPS.items():
        patch.setitem(papers.SLIPS, key, replace(slip, permission=SEES))


def desk_open_for(move):
    """The page at the desk no longer asks whether its move may be made."""
    asked = desk.require
    return replaced(desk, "require", lambda wanted, *rest: None if wanted is move else asked(wanted, *rest))


def may_too(role, *permissions):
    """The role's set holds more than it should."""
    label, held = ROLES[role]
    return lambda patch: patch.setitem(ROLES, role, (label, held | set(permissions)))


SEES = "opinions.view_opinion"


def everything(rows, user, permission=None):
    return rows


def all_of_them(user, rows, permission=None):
    return rows


def unscoped_form_field(fields, db_field, request, **kwargs):
    kwargs["queryset"] = db_field.remote_field.model._default_manager.all()
    return admin.ModelAdmin.formfield_for_foreignkey(fields, db_field, request, **kwargs)


def role_anywhere(backend, user, permission, obj=None):
    return user.is_active and permission in backend.get_all_permissions(user)


def even_dismissed(user, on=None):
    return Scope((scope.Reach("officer", division="230102"),))


MUTANTS = [
    # Which rows
    Mutant(
        "visible_to returns everything", replaced(ScopedQuerySet, "visible_to", everything), probes.lists_only_one_s_own
    ),
    Mutant("opinions hang at no station", without_path(Opinion, "station"), probes.sees(Opinion, "staff", "A")),
    Mutant(
        "opinions hang in no division", without_path(Opinion, "division"), probes.sees(Opinion, "officer", "A", "B")
    ),
    Mutant("opinions are given to nobody", without_path(Opinion, "organisation"), probes.sees(Opinion, "clerk", "A")),
    Mutant(
        "assignments are given to nobody",
        without_path(OpinionAssignment, "organisation"),
        probes.sees(OpinionAssignment, "clerk", "A"),
    ),
    Mutant("visits hang at no station", without_path(Visit, "station"), probes.sees(Visit, "staff", "A")),
    Mutant("receptions hang at no station", without_path(Reception, "station"), probes.sees(Reception, "staff", "A")),
    Mutant(
        "rules of reception days hang at no station",
        without_path(ReceptionRule, "station"),
        probes.sees(ReceptionRule, "staff", "A"),
    ),
    Mutant(
        "requests hang at no station",
        without_path(TurnRequest, "station"),
        probes.requests_are_one_s_own_to_answer,
    ),
    Mutant("publications hang nowhere", without_path(Publication, "station"), probes.sees(Publication, "staff", "A")),
    Mutant("posts hang in no division", without_path(StaffPost, "division"), probes.sees(StaffPost, "officer2", "C")),
    Mutant("stations hang at no station", without_path(Station, "station"), probes.sees(Station, "staff", "A")),
    Mutant(
        "proposals are seen by all",
        replaced(ProposalQuerySet, "visible_to", everything),
        probes.sees(Proposal, "staff", "A"),
    ),
    Mutant(
        "proposals are not seen by whoever heard their opinions",
        replaced(proposals, "_heard_by", lambda user: Opinion.objects.none()),
        probes.sees(Proposal, "staff", "A"),
    ),
    Mutant(
        "a role holds where another does",
        replaced(Scope, "granting", lambda own, permission: own),
        probes.adds_two_roles_up_only_where_each_holds,
    ),
    Mutant(
        "a dismissed account keeps its reach",
        replaced(scope, "scope_of", even_dismissed),
        probes.dismissed_accounts_see_nothing,
    ),
    Mutant("grants never end", replaced(GrantQuerySet, "in_force", lambda rows, on: rows), probes.grants_end),
    Mutant("posts never end", replaced(InForceQuerySet, "in_force", lambda rows, on: rows), probes.posts_end),
    # The doors of the admin
    Mutant(
        "lists show all rows",
        replaced(ScopedAdmin, "get_queryset", admin.ModelAdmin.get_queryset),
        probes.lists_only_one_s_own,
    ),
    Mutant(
        "records open by their number",
        replaced(ScopedAdmin, "get_queryset", admin.ModelAdmin.get_queryset),
        probes.opens_only_one_s_own,
    ),
    Mutant(
        "downloads take all that is ticked",
        replaced(ScopedAdmin, "get_queryset", admin.ModelAdmin.get_queryset),
        probes.takes_away_only_one_s_own,
    ),
    Mutant(
        "autocomplete offers all rows",
        replaced(ScopedAdmin, "get_queryset", admin.ModelAdmin.get_queryset),
        probes.autocompletes_only_one_s_own,
    ),
    Mutant(
        "filters name all stations",
        replaced(ScopedRelatedFilter, "field_choices", admin.RelatedFieldListFilter.field_choices),
        probes.offers_only_one_s_own_in_filters,
    ),
    Mutant(
        "forms offer all rows",
        replaced(ScopedFields, "formfield_for_foreignkey", unscoped_form_field),
        probes.offers_only_one_s_own_in_forms,
    ),
    Mutant("forms take any key", replaced(tools, "seen_by", all_of_them), probes.takes_no_key_of_another_station),
    Mutant(
        "every look-up is taken",
        replaced(ScopedAdmin, "lookup_allowed", lambda *question: True),
        probes.takes_no_look_up,
    ),
    Mutant(
        "a permission holds on every row",
        replaced(RoleBackend, "has_perm", role_anywhere),
        probes.changes_nobody_of_another_district,
    ),
    Mutant(
        "pages do not ask about the row",
        replaced(ScopedAdmin, "_may", lambda own, request, action, obj: True),
        probes.changes_nobody_of_another_district,
    ),
    # Moves and pages of opinions
    Mutant("the door checks nobody", replaced(Matter, "_check", lambda *facts: None), probes.dispatcher_makes_no_move),
    Mutant(
        "the door forgets the row",
        replaced(RoleBackend, "has_perm", role_anywhere),
        probes.another_station_makes_no_move,
    ),
    Mutant(
        "evaluations on behalf are anybody's",
        free(workflow.RATE_FOR),
        probes.refused_to("dispatcher", "told", "move/rate_for"),
    ),
    Mutant(
        "paper replies are anybody's",
        free(workflow.REPLY_FOR),
        probes.refused_to("dispatcher", "given", "move/reply_for"),
    ),
    Mutant("calls are anybody's", desk_open_for(workflow.CALL), probes.refused_to("dispatcher", "waiting", "call")),
    Mutant(
        "codes are reissued by anybody",
        desk_open_for(workflow.REISSUE),
        probes.refused_to("dispatcher", "waiting", "reissue"),
    ),
    Mutant("scans are anybody's", desk_open_for(workflow.REPLY_FOR), probes.scan_is_the_station_s),
    Mutant(
        "reporters are named to all",
        replaced(opinion_admin, "may_see_reporter", lambda user, opinion: True),
        probes.refused_to("clerk", "given", "reporter"),
    ),
    Mutant(
        "departments read what residents were told",
        replaced(progress, "ABOUT_RESIDENTS", ()),
        probes.department_reads_nothing_told_to_residents,
    ),
    Mutant("departments print the station's slips", any_slip, probes.refused_to("clerk", "given", "slips/assignment")),
    Mutant(
        "everything may be urged",
        replaced(urge_pages, "_mine", lambda request: OpinionAssignment.objects.all()),
        probes.urges_only_one_s_own,
    ),
    # What representatives do
    Mutant(
        "all receptions are one's own",
        replaced(Own, "reachable_receptions", lambda own: Reception.objects.all()),
        probes.representatives_reach_only_their_own_days,
    ),
    Mutant(
        "all opinions are one's own to write about",
        replaced(answers, "own_opinions", lambda own: Opinion.objects.all()),
        probes.representatives_write_only_about_their_own_opinions,
    ),
    Mutant(
        "anybody agrees to a swap",
        replaced(turning, "_only", lambda mandate, by: None),
        probes.nobody_answers_for_a_colleague,
    ),
    Mutant(
        "representatives give themselves leave",
        may_too("representative", "receptions.view_reception", "receptions.decide_request"),
        probes.leave_is_the_station_s_to_give,
    ),
    # What becomes public
    Mutant(
        "nobody need agree to a publication",
        replaced(publishing, "why_not_to_publish", lambda opinion: None),
        probes.nothing_is_published_without_consent,
    ),
    Mutant("staff publish", may_too("staff", "opinions.publish_opinion"), probes.writers_do_not_publish),
    Mutant(
        "drafts are public",
        replaced(PublicationQuerySet, "published", lambda rows, on: rows),
        probes.drafts_are_not_public,
    ),
    Mutant(
        "all proposals are public",
        replaced(ProposalQuerySet, "published", lambda rows: rows),
        probes.proposals_are_public_when_an_officer_says_so,
    ),
    # Figures
    Mutant("the dashboard is open", bare("liaison.dashboard.views.index"), probes.refused("staff", "/dashboard/")),
    Mutant(
        "its downloads are open",
        bare("liaison.dashboard.views.download"),
        probes.refused("staff", "/dashboard/opinions_received.csv"),
    ),
    Mutant(
        "it counts everything",
        replaced(Asked, "rows", lambda asked, model: model.objects.all()),
        probes.dashboard_counts_one_s_own,
    ),
    Mutant(
        "the eight haves are open", bare("stations.eight_haves.views.index"), probes.refused("clerk", "/eight-haves/")
    ),
    Mutant(
        "the eight haves of all stations",
        replaced(eight_haves, "visible", lambda request: Station.objects.all()),
        probes.eight_haves_of_one_s_own,
    ),
    Mutant("books of all stations", replaced(ScopedQuerySet, "visible_to", everything), probes.books_of_one_s_own),
    Mutant(
        "the API asks nobody",
        replaced(MayReadFigures, "has_permission", lambda *question: True),
        probes.strangers_get_no_figures,
    ),
    # Accounts and posts
    Mutant(
        "township officers give every role",
        lambda patch: patch.setitem(granting.GIVES, "township_officer", set(ROLES)),
        probes.nobody_gives_what_stands_above,
    ),
    Mutant(
        "roles are given anywhere",
        replaced(granting, "_covers", lambda *question: True),
        probes.nobody_gives_beyond_their_reach,
    ),
    Mutant(
        "accounts above are kept from below",
        replaced(granting, "_beyond", lambda held: scope.Q(pk__in=[])),
        probes.nobody_keeps_accounts_above,
    ),
    Mutant(
        "anybody who sees a post hands it over",
        replaced(StaffPostAdmin, "has_change_permission", lambda *question: True),
        probes.staff_hand_over_nothing,
    ),
    Mutant(
        "posts are ended by equals",
        replaced(StaffPostAdmin, "_could_give", lambda *question: True),
        probes.nobody_hands_over_a_head_s_post_from_below,
    ),
]


def holds(probe, here) -> bool:
    """Whether the probe passes; whatever it did is undone."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        try:
            probe(here)
        except AssertionError:
            return False
        finally:
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
    return True


def survives(mutant, here) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        mutant.break_it(patch)
        return holds(mutant.probe, here)


def test_there_are_enough_of_them_and_each_breaks_another_lock():
    names = [mutant.lock for mutant in MUTANTS]
    assert len(set(names)) == len(names) >= 20


def test_every_probe_passes_while_the_locks_hold(here):
    assert [mutant.lock for mutant in MUTANTS if not holds(mutant.probe, here)] == []


def test_every_mutant_is_caught(here):
    assert [mutant.lock for mutant in MUTANTS if survives(mutant, here)] == []


def test_the_locks_are_back_afterwards(here):
    """What was taken out was put back: the same probes pass again."""
    for mutant in MUTANTS[:3]:
        survives(mutant, here)
    assert all(holds(mutant.probe, here) for mutant in MUTANTS[:3])

"""Who gets what answer at which address: one row per pattern of the URLconf. test_matrix.py knocks at every door.

HEAD is answered like GET; every method that stands in no row is refused everybody. A record's row is about one of
station A (Daoli, first street) or of department X, so that people of other places find nothing there.
"""

from dataclasses import dataclass

IN = "in"  # the page, a redirect onward, or the same page with what to mend
SIGN_IN = "sign in"
FORBIDDEN = "forbidden"
ABSENT = "absent"  # as if it did not exist
METHOD = "method"

AT_STATION_A = frozenset({"staff", "head", "township_officer", "officer"})
AT_STATIONS = AT_STATION_A | {"staff_b", "officer2"}
ABOVE = frozenset({"committee", "dispatcher", "leader", "auditor", "sysadmin"})
SIGNED_IN = AT_STATIONS | ABOVE | {"clerk", "clerk2", "representative"}
STRANGERS = frozenset({"anonymous", "deactivated"})
ROLES = SIGNED_IN | STRANGERS
NOBODY = frozenset()

OFFICERS = frozenset({"officer", "officer2"})
REGISTER_READERS = AT_STATIONS | {"committee", "dispatcher", "leader"}
IN_REACH_OF_A = AT_STATION_A | {"committee", "dispatcher", "leader"}
OPINION_READERS = AT_STATIONS | {"dispatcher", "clerk", "clerk2"}
REVIEWERS = OFFICERS | {"head", "township_officer"}  # of what has been published; a draft is its writer's as well
ALL_BUT_THE_WRITER = REVIEWERS | {"staff_b"}  # to whom it is not there at all
NOTICE_KEEPERS = OFFICERS | {"township_officer"}
RULE_KEEPERS = OFFICERS | {"sysadmin"}
FIGURE_READERS = OFFICERS | {"township_officer", "dispatcher", "leader"}
PROPOSAL_READERS = AT_STATIONS | {"dispatcher", "leader", "clerk", "clerk2"}
NETWORK_READERS = AT_STATIONS | {"leader"}
CONTACT_READERS = OFFICERS | {"township_officer", "leader"}
CONTACTS_IN_REACH_OF_A = CONTACT_READERS - {"officer2"}
RATE_READERS = FIGURE_READERS
STANDING_READERS = AT_STATIONS | {"committee", "leader"}
STANDING_IN_REACH_OF_A = AT_STATION_A | {"committee", "leader"}
STANDARD_READERS = STANDING_READERS | {"sysadmin"}
DRAFTS_IN_REACH_OF_A = frozenset({"township_officer", "officer", "committee", "leader", "sysadmin"})
INSPECTORS = OFFICERS | {"township_officer"}
POST_GIVERS = OFFICERS | {"township_officer", "head"}
HEADS = POST_GIVERS  # of stations and above: they set the rules of reception days
KEEPERS = POST_GIVERS | {"sysadmin"}
KEEPERS_AT_A = KEEPERS - {"officer2"}
WITH_FACTOR = frozenset({"sysadmin"})
EVERYWHERE = SIGNED_IN  # the reach of records that hang nowhere


@dataclass(frozen=True)
class Row:
    route: str
    path: str
    get: dict[str, str]
    post: dict[str, str]
    is_public: bool = False

    def expected(self, method: str, role: str) -> str:
        answers = {"GET": self.get, "HEAD": self.get, "POST": self.post}
        return answers.get(method, {}).get(role, METHOD)


def answers(allowed, absent=NOBODY, rest=FORBIDDEN, strangers=SIGN_IN) -> dict[str, str]:
    """The answer of every role."""
    return {
        role: strangers if role in STRANGERS else IN if role in allowed else ABSENT if role in absent else rest
        for role in ROLES
    }


NOT_POSTED = answers(NOBODY, rest=METHOD)


def public(route, path=None, get=IN, post=METHOD):
    return Row(route, path or f"/{route}", dict.fromkeys(ROLES, get), dict.fromkeys(ROLES, post), is_public=True)


def page(route, gets, posts=None, path=None, **others):
    """A page of its own; `posts` None means that nothing is posted there."""
    post = NOT_POSTED if posts is None else answers(posts, **others)
    return Row(route, path or f"/{route}", answers(gets, **others), post)


def for_programs(route, path, readers, reach=EVERYWHERE):
    """What other programs read: whoever may not read it is refused in JSON, strangers too."""
    get = answers(readers & reach, strangers=FORBIDDEN, absent=readers - reach)
    return Row(route, path, get, answers(NOBODY, rest=FORBIDDEN, strangers=FORBIDDEN) | dict.fromkeys(readers, METHOD))


def model(name, key, viewers, changers=NOBODY, adders=None, reach=EVERYWHERE, hangs=True):
    """The pages of a model in the admin. `hangs`: its rows hang somewhere, so that who may see none finds none.

    `adders` None means that there is no page to add one.
    """
    base = f"admin/{name}/"
    record = f"{base}<path:object_id>/"
    others = {"absent": ROLES - viewers} if hangs else {}
    yield Row(base, f"/{base}", answers(viewers), answers(viewers))
    if adders is not None:
        yield Row(f"{base}add/", f"/{base}add/", answers(adders), answers(adders))
    yield Row(
        f"{record}change/",
        f"/{base}{{{key}}}/change/",
        answers(viewers & reach, absent=viewers - reach),
        answers(changers & reach, absent=changers - reach),
    )
    history = answers(viewers & reach, absent=(viewers - reach) | others.get("absent", NOBODY))
    yield Row(f"{record}history/", f"/{base}{{{key}}}/history/", history, history)


PROPOSAL = "admin/proposals/proposal/"
STANDARD = "admin/eight_haves/standard/"
OPINION = "admin/opinions/opinion/<int:pk>/"
LEDGERS = {  # where a ledger is: who keeps it
    **{f"visits/visit/{key}": AT_STATIONS | {"committee"} for key in ("book", "activities", "outreach", "training")},
    "visits/visit/rota": AT_STATIONS,
    "visits/commitment/book": AT_STATIONS | {"committee"},
    "opinions/opinion/receptions": AT_STATIONS,
    "opinions/opinion/book": AT_STATIONS,
    "opinions/opinion/guidance": AT_STATIONS,
    "proposals/proposal/book": PROPOSAL_READERS,
    "stations/fundexpense/book": STANDING_READERS,
    "stations/ruledocument/book": STANDING_READERS,
    "stations/staffpost/contacts": REGISTER_READERS,
}


def ledger(where, readers):
    """A ledger on paper, and as a sheet."""
    folder, _slash, key = where.rpartition("/")
    yield page(f"admin/{where}/", readers, rest=ABSENT)
    sheet = rf"admin/{folder}/^{key}\.(?P<kind>csv|xlsx)$"
    yield page(sheet, readers, path=f"/admin/{where}.xlsx", rest=ABSENT)


ROWS = [
    public(""),
    public("opinions/new/", post=IN),
    public("opinions/track/", post=IN),
    public("s/<str:code>", "/s/{station_code}"),
    public("preferences/"),
    public("privacy/"),
    public("accessibility/"),
    public("feedback/", post=IN),
    public("representatives/"),
    public("representatives/<int:pk>/", "/representatives/{person}/"),
    public("stations/"),
    public("proposals/"),
    public("proposals/<str:key>/", "/proposals/{proposal_key}/"),
    public("stations/<slug:code>/", "/stations/{station_code}/"),
    public("stations/<slug:code>/qr.svg", "/stations/{station_code}/qr.svg"),
    public("stations/<slug:code>/plate/", "/stations/{station_code}/plate/"),
    public("stations/<slug:code>/plate.svg", "/stations/{station_code}/plate.svg"),
    public("stations/<slug:code>/plate.pdf", "/stations/{station_code}/plate.pdf"),
    public("receptions/"),
    public("receptions.ics"),
    public("receptions/<int:pk>/notice/", "/receptions/{reception}/notice/"),
    public("stations/<slug:code>/notice/", "/stations/{station_code}/notice/"),
    public("stations/<slug:code>/receptions.ics", "/stations/{station_code}/receptions.ics"),
    public("representatives/<int:pk>/receptions.ics", "/representatives/{person}/receptions.ics"),
    public("results/"),
    public("results/<int:pk>/", "/results/{publication}/"),
    public("notices/"),
    public("notices/<int:pk>/", "/notices/{announcement}/"),
    public("api/v1/^stations/$", "/api/v1/stations/"),
    public("api/v1/^stations/(?P<code>[^/.]+)/$", "/api/v1/stations/{station_code}/"),
    public("api/v1/^representatives/$", "/api/v1/representatives/"),
    public("api/v1/^representatives/(?P<pk>[0-9]{1,18})/$", "/api/v1/representatives/{person}/"),
    public("api/v1/^receptions/$", "/api/v1/receptions/"),
    public("api/v1/^receptions/(?P<pk>[0-9]{1,18})/$", "/api/v1/receptions/{reception}/"),
    public("api/v1/^opinions/$", "/api/v1/opinions/"),
    public("api/v1/^opinions/(?P<pk>[0-9]{1,18})/$", "/api/v1/opinions/{publication}/"),
    public("api/schema/"),
    public("api/docs/"),
    for_programs("api/v1/^figures/$", "/api/v1/figures/", FIGURE_READERS),
    for_programs("api/v1/^figures/(?P<key>[a-z_]+)/$", "/api/v1/figures/visits_held/", FIGURE_READERS),
    for_programs("api/v1/^scorecards/$", "/api/v1/scorecards/", STANDING_READERS),
    for_programs(
        "api/v1/^scorecards/(?P<code>[^/.]+)/$",
        "/api/v1/scorecards/{station_code}/",
        STANDING_READERS,
        STANDING_IN_REACH_OF_A,
    ),
    public("accounts/login/", post=IN),
    public("admin/login/", get=SIGN_IN, post=SIGN_IN),
    page("accounts/entrance/", SIGNED_IN, SIGNED_IN),
    public("accounts/logout/", get=METHOD, post=IN),
    page("accounts/password/", SIGNED_IN, SIGNED_IN),
    page("accounts/again/", SIGNED_IN, SIGNED_IN),
    page("accounts/factor/", SIGNED_IN),
    public("accounts/factor/code/", post=IN),
    page("accounts/factor/again/", SIGNED_IN, SIGNED_IN),
    page("accounts/factor/app/", SIGNED_IN, SIGNED_IN),
    page("accounts/factor/app/off/", WITH_FACTOR, WITH_FACTOR, rest=ABSENT),
    Row("accounts/factor/recovery/", "/accounts/factor/recovery/", answers(WITH_FACTOR, rest=ABSENT), NOT_POSTED),
    page("accounts/factor/recovery/new/", SIGNED_IN, SIGNED_IN),
    Row("admin/logout/", "/admin/logout/", NOT_POSTED, answers(SIGNED_IN)),
    page("admin/", SIGNED_IN, SIGNED_IN),
    page("admin/password_change/", SIGNED_IN, SIGNED_IN),
    page("admin/jsi18n/", SIGNED_IN),
    page(
        "admin/autocomplete/",
        OPINION_READERS,
        path="/admin/autocomplete/?app_label=opinions&model_name=agendaitem&field_name=opinion",
    ),
    page(
        "admin/^(?P<app_label>{apps})/$",
        OPINION_READERS,
        OPINION_READERS,
        path="/admin/opinions/",
        absent=SIGNED_IN - OPINION_READERS,
    ),
    *(
        page(f"admin/imports/{name}/{ending}", people, None if ending else people)
        for name, people in (
            ("divisions", {"sysadmin"}),
            ("organisations", OFFICERS),
            ("stations", OFFICERS),
            ("representatives", OFFICERS),
            ("visits", AT_STATIONS),
        )
        for ending in ("", "form.xlsx")
    ),
    page("dashboard/", FIGURE_READERS),
    page("dashboard/brief/", FIGURE_READERS),
    page("dashboard/coverage/", FIGURE_READERS),
    page("dashboard/network/", NETWORK_READERS),
    page("dashboard/network/print/", NETWORK_READERS),
    page(r"dashboard/network/^branches\.(?P<kind>csv|xlsx)$", NETWORK_READERS, path="/dashboard/network/branches.csv"),
    page("dashboard/network/<slug:key>/", NETWORK_READERS, path="/dashboard/network/opinions_up/"),
    page("dashboard/<slug:key>/", FIGURE_READERS, path="/dashboard/visits_held/"),
    page(r"dashboard/^(?P<key>[a-z_]+)\.(?P<kind>csv|xlsx)$", FIGURE_READERS, path="/dashboard/opinions_received.csv"),
    page("mine/", {"representative"}),
    *(
        page(f"mine/{name}/", {"representative"})
        for name in ("receptions", "stations", "visits", "opinions", "proposals", "record", "record/paper")
    ),
    page("mine/opinions/<int:pk>/", {"representative"}, {"representative"}, path="/mine/opinions/{given}/"),
    *(
        page(
            f"mine/receptions/<int:pk>/{rest}",
            {"representative"},
            {"representative"},
            path=f"/mine/receptions/{{reception}}/{rest}",
        )
        for rest in ("", "swap/")
    ),
    page("mine/record/record.docx", {"representative"}),
    page("mine/record/correct/", {"representative"}, {"representative"}),
    page("mine/proposals/<int:pk>/", {"representative"}, path="/mine/proposals/{proposal}/"),
    *model("accounts/user", "user", KEEPERS, KEEPERS, KEEPERS, KEEPERS_AT_A),
    page(
        "admin/accounts/user/<id>/password/",
        KEEPERS_AT_A,
        KEEPERS_AT_A,
        path="/admin/accounts/user/{user}/password/",
        rest=ABSENT,
    ),
    *model("audit/entry", "entry", {"auditor"}),
    *model("divisions/division", "division", REGISTER_READERS | {"sysadmin"}, hangs=False),
    *model(
        "organisations/organisation",
        "organisation",
        REGISTER_READERS | {"sysadmin"},
        OFFICERS,
        OFFICERS,
        hangs=False,
    ),
    *model("rulebook/calendaryear", "year", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("rulebook/clock", "clock", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("rulebook/category", "category", REGISTER_READERS | {"sysadmin"}, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("rulebook/office", "office", RULE_KEEPERS, RULE_KEEPERS, {"sysadmin"}, hangs=False),
    *model(
        "rulebook/sheetlayout",
        "layout",
        RULE_KEEPERS,
        RULE_KEEPERS,
        RULE_KEEPERS,
        IN_REACH_OF_A | {"sysadmin"},
    ),
    *model("representatives/person", "person", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    *model("representatives/mandate", "mandate", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    page(
        "admin/representatives/mandate/<int:pk>/standing/",
        {"officer"},
        {"officer"},
        path="/admin/representatives/mandate/{mandate}/standing/",
    ),
    *model("representatives/statusreason", "status_reason", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("representatives/group", "group", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    *model("representatives/committeepost", "committee_post", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    *model("representatives/contact", "contact", CONTACT_READERS, OFFICERS, OFFICERS, CONTACTS_IN_REACH_OF_A),
    *model(
        "representatives/residentgroup",
        "resident_group",
        CONTACT_READERS,
        OFFICERS,
        OFFICERS,
        CONTACTS_IN_REACH_OF_A,
    ),
    *model("representatives/dutystatement", "statement", REGISTER_READERS, {"officer"}, NOTICE_KEEPERS, hangs=False),
    *model("representatives/dutykind", "duty_kind", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("representatives/checklistitem", "checklist_item", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("representatives/dutyentry", "duty_entry", AT_STATIONS, AT_STATIONS, AT_STATIONS, AT_STATION_A),
    page("admin/representatives/dutyentry/many/", AT_STATIONS, AT_STATIONS),
    *model("representatives/voterreport", "voter_report", AT_STATIONS, AT_STATIONS, AT_STATIONS, AT_STATION_A),
    *model("representatives/correctionrequest", "correction", AT_STATIONS, AT_STATIONS, reach=AT_STATION_A),
    page("archives/", AT_STATIONS),
    page("archives/archives.xlsx", AT_STATIONS),
    *(
        page(
            f"archives/<int:pk>/{ending}",
            AT_STATION_A,
            path=f"/archives/{{person}}/{ending}",
            absent=AT_STATIONS - AT_STATION_A,
        )
        for ending in ("", "paper/", "archive.docx", "archive.pdf")
    ),
    page("admin/representatives/term/turnover/", OFFICERS, OFFICERS),
    *model("representatives/term", "term", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    *model("representatives/congress", "congress", REGISTER_READERS, {"officer"}, OFFICERS, hangs=False),
    *model("remarks/remark", "remark", RULE_KEEPERS, RULE_KEEPERS, reach=IN_REACH_OF_A | {"sysadmin"}),
    *model("stations/station", "station", REGISTER_READERS, OFFICERS | {"head"}, OFFICERS, IN_REACH_OF_A),
    *model("stations/staffpost", "post", REGISTER_READERS, POST_GIVERS, POST_GIVERS, IN_REACH_OF_A),
    page(
        "admin/stations/staffpost/<int:pk>/handover/",
        POST_GIVERS & IN_REACH_OF_A,
        POST_GIVERS & IN_REACH_OF_A,
        path="/admin/stations/staffpost/{post}/handover/",
        absent=SIGNED_IN - IN_REACH_OF_A,
    ),
    *model("stations/stationassignment", "placement", REGISTER_READERS, OFFICERS, OFFICERS, IN_REACH_OF_A),
    *model("stations/ruledocument", "rule", STANDING_READERS, AT_STATIONS, AT_STATIONS, STANDING_IN_REACH_OF_A),
    *model("stations/activityfunds", "funds", STANDING_READERS, AT_STATIONS, AT_STATIONS, STANDING_IN_REACH_OF_A),
    *model("stations/budgetpaper", "budget_paper", STANDING_READERS, OFFICERS, OFFICERS, STANDING_IN_REACH_OF_A),
    page(
        "admin/stations/budgetpaper/<int:pk>/divide/",
        {"officer"},
        {"officer"},
        path="/admin/stations/budgetpaper/{budget_paper}/divide/",
        absent=SIGNED_IN - STANDING_IN_REACH_OF_A,
    ),
    *model("stations/fundexpense", "expense", STANDING_READERS, AT_STATIONS, AT_STATIONS, STANDING_IN_REACH_OF_A),
    page(
        "admin/stations/fundexpense/<int:pk>/void/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/stations/fundexpense/{expense}/void/",
        absent=SIGNED_IN - STANDING_IN_REACH_OF_A,
    ),
    *model("stations/annualplan", "plan", STANDING_READERS, AT_STATIONS, AT_STATIONS, STANDING_IN_REACH_OF_A),
    *model("stations/fundfloor", "floor", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    page(
        "admin/stations/ruledocument/<int:pk>/file/",
        STANDING_IN_REACH_OF_A,
        path="/admin/stations/ruledocument/{rule}/file/",
        rest=ABSENT,
    ),
    page(
        "admin/stations/station/<int:pk>/status/",
        {"officer"},
        {"officer"},
        path="/admin/stations/station/{station}/status/",
        absent=SIGNED_IN - IN_REACH_OF_A,
    ),
    *model("stations/yearlyconfirmation", "check", STANDING_READERS, AT_STATIONS, AT_STATIONS, STANDING_IN_REACH_OF_A),
    *model("stations/pairing", "pairing", STANDING_READERS, OFFICERS, OFFICERS, STANDING_IN_REACH_OF_A),
    *model(
        "eight_haves/standard",
        "standard",
        STANDARD_READERS,
        RULE_KEEPERS,
        RULE_KEEPERS,
        DRAFTS_IN_REACH_OF_A,
    ),
    *(
        page(
            f"{STANDARD}<int:pk>/{route}",
            people & DRAFTS_IN_REACH_OF_A,
            people & DRAFTS_IN_REACH_OF_A,
            path=f"/{STANDARD}{{standard}}/{path}",
            absent=SIGNED_IN - DRAFTS_IN_REACH_OF_A,
        )
        for route, path, people in (
            ("haves/new/", "haves/new/", RULE_KEEPERS),
            ("haves/<int:have>/", "haves/{have}/", RULE_KEEPERS),
            ("publish/", "publish/", OFFICERS),
            ("remove/", "remove/", RULE_KEEPERS),
        )
    ),
    page(
        f"{STANDARD}<int:pk>/trial/",
        DRAFTS_IN_REACH_OF_A,
        path=f"/{STANDARD}{{standard}}/trial/",
        absent=SIGNED_IN - DRAFTS_IN_REACH_OF_A,
    ),
    page("eight-haves/", STANDING_READERS),
    page(r"eight-haves/^stations\.(?P<kind>csv|xlsx)$", STANDING_READERS, path="/eight-haves/stations.csv"),
    *(
        page(
            f"eight-haves/{route}",
            STANDING_IN_REACH_OF_A,
            path=f"/eight-haves/{{station_code}}/{path}",
            absent=STANDING_READERS - STANDING_IN_REACH_OF_A,
        )
        for route, path in (
            ("<slug:code>/", ""),
            (r"^(?P<code>[-\w]+)/scorecard\.(?P<kind>csv|xlsx)$", "scorecard.csv"),
            ("<slug:code>/<slug:have>/<int:place>/", "premises/1/"),
            (
                r"^(?P<code>[-\w]+)/(?P<have>[-\w]+)/(?P<place>[0-9]{1,3})/rows\.(?P<kind>csv|xlsx)$",
                "premises/1/rows.csv",
            ),
        )
    ),
    *model("assessment/assessment", "yearly_check", STANDING_READERS, NOBODY, OFFICERS, STANDING_IN_REACH_OF_A),
    page("admin/assessment/assessment/many/", OFFICERS, OFFICERS),
    page(
        "admin/assessment/assessment/<int:pk>/move/<slug:key>/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/assessment/assessment/{yearly_check}/move/hand_in/",
        absent=SIGNED_IN - STANDING_IN_REACH_OF_A,
    ),
    *model("assessment/determination", "determination", STANDING_READERS, NOBODY, INSPECTORS, STANDING_IN_REACH_OF_A),
    page(
        "admin/assessment/determination/<int:pk>/file/",
        STANDING_IN_REACH_OF_A,
        path="/admin/assessment/determination/{determination}/file/",
        rest=ABSENT,
    ),
    *model("assessment/rectification", "rectification", STANDING_READERS, reach=STANDING_IN_REACH_OF_A),
    page("assessments/sample/", OFFICERS),
    page("assessments/sample/forms/", OFFICERS, path="/assessments/sample/forms/?division=all&size=1&seed=x"),
    *(
        page(
            f"assessments/{route}",
            STANDING_IN_REACH_OF_A,
            path=f"/assessments/{path}",
            absent=STANDING_READERS - STANDING_IN_REACH_OF_A,
        )
        for route, path in (
            ("forms/<slug:code>/", "forms/{station_code}/"),
            ("binders/<slug:code>/", "binders/{station_code}/"),
            ("binders/<slug:code>/binder.pdf", "binders/{station_code}/binder.pdf"),
            ("<int:pk>/", "{confirmed_check}/"),
            ("<int:pk>/paper/", "{confirmed_check}/paper/"),
            ("<int:pk>/scorecard.xlsx", "{confirmed_check}/scorecard.xlsx"),
        )
    ),
    *model("visits/visit", "visit", AT_STATIONS | {"committee"}, AT_STATIONS, AT_STATIONS, IN_REACH_OF_A),
    *model("visits/commitment", "commitment", AT_STATIONS | {"committee"}, AT_STATIONS, reach=IN_REACH_OF_A),
    *model("receptions/reception", "reception", AT_STATIONS, AT_STATIONS, AT_STATIONS, IN_REACH_OF_A),
    *model("receptions/receptionrule", "reception_rule", AT_STATIONS, HEADS, HEADS, IN_REACH_OF_A),
    page("admin/receptions/receptionrule/ahead/", HEADS, HEADS),
    page(
        "admin/receptions/reception/<int:pk>/requests/<int:asked>/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/receptions/reception/{reception}/requests/{turn_request}/",
        rest=ABSENT,
    ),
    *model("opinions/publication", "publication", AT_STATIONS, ALL_BUT_THE_WRITER, AT_STATIONS, IN_REACH_OF_A),
    *model("notices/announcement", "announcement", NOTICE_KEEPERS, NOTICE_KEEPERS, NOTICE_KEEPERS, IN_REACH_OF_A),
    *model("opinions/opinion", "waiting", OPINION_READERS, AT_STATIONS, AT_STATIONS, IN_REACH_OF_A),
    *model("opinions/opinionassignment", "assignment", OPINION_READERS, reach=IN_REACH_OF_A | {"clerk"}),
    *model("proposals/replytype", "reply_type", RULE_KEEPERS, RULE_KEEPERS, RULE_KEEPERS, hangs=False),
    *model("proposals/proposal", "proposal", PROPOSAL_READERS, OFFICERS, OFFICERS, IN_REACH_OF_A | {"clerk"}),
    page(f"{PROPOSAL}rates/", RATE_READERS),
    page(f"{PROPOSAL}rates.xlsx", RATE_READERS),
    page(f"{PROPOSAL}rates/<slug:key>/", RATE_READERS, path=f"/{PROPOSAL}rates/proposals_delivered/"),
    page(
        f"{PROPOSAL}<int:pk>/move/<slug:key>/",
        {"officer", "clerk"},
        {"officer", "clerk"},
        path=f"/{PROPOSAL}{{proposal}}/move/reply/",
        absent=SIGNED_IN - AT_STATION_A - {"dispatcher", "leader", "clerk"},
    ),
    page(
        f"{OPINION}move/<slug:key>/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/opinions/opinion/{waiting}/move/accept/",
        absent=SIGNED_IN - AT_STATION_A - {"dispatcher"},
    ),
    page(
        f"{OPINION}move/<slug:key>/",
        {"clerk"},
        {"clerk"},
        path="/admin/opinions/opinion/{given}/move/acknowledge/",
        absent=SIGNED_IN - AT_STATION_A - {"dispatcher"},
    ),
    page(
        f"{OPINION}slips/<slug:key>/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/opinions/opinion/{waiting}/slips/receipt/",
        rest=ABSENT,
    ),
    *(row for where, readers in LEDGERS.items() for row in ledger(where, readers)),
    page("admin/opinions/opinionassignment/urge/", AT_STATIONS, AT_STATIONS, rest=ABSENT),
    page(
        "admin/opinions/opinionassignment/urge/slips/",
        AT_STATION_A,
        path="/admin/opinions/opinionassignment/urge/slips/?ids={assignment}",
        rest=ABSENT,
    ),
    *(
        page(f"admin/receptions/reception/{name}", AT_STATIONS, rest=ABSENT)
        for name in ("roster/", "roster.xlsx", "notice/")
    ),
    page("admin/visits/visit/blank/", AT_STATIONS, rest=ABSENT),
    page("admin/visits/visit/backlog/", AT_STATIONS, AT_STATIONS, rest=ABSENT),
    public("admin/visits/visit/draft/", get=METHOD, post=IN),  # the page's own token opens it, and it shows nothing
    page(
        "admin/visits/visit/<int:pk>/paper/",
        AT_STATION_A | {"committee"},
        path="/admin/visits/visit/{visit}/paper/",
        rest=ABSENT,
    ),
    page(
        f"{OPINION}reporter/",
        AT_STATION_A,
        AT_STATION_A,
        path="/admin/opinions/opinion/{waiting}/reporter/",
        rest=ABSENT,
    ),
    *(
        page(
            f"{OPINION}{address}",
            AT_STATION_A,
            AT_STATION_A,
            path=f"/admin/opinions/opinion/{{waiting}}/{path}",
            absent=SIGNED_IN - AT_STATION_A - {"dispatcher"},
        )
        for address, path in (
            ("call/", "call/"),
            ("reissue/", "reissue/"),
            ("scans/<int:scan>/", "scans/{scan}/"),
        )
    ),
    page(
        f"{OPINION}photos/<int:photo>/",
        AT_STATION_A | {"dispatcher"},
        AT_STATION_A | {"dispatcher"},
        path="/admin/opinions/opinion/{waiting}/photos/{photo}/",
        rest=ABSENT,
    ),
]

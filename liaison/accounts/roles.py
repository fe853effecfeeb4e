"""Who may do what, on one page.

A role is a set of permissions; *where* they hold is the reach of the grant or post that gives the role. The first
column of every list is Django's own permission name, so that the admin asks the same table as everything else.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SEE_REGISTERS = {
    "divisions.view_division",
    "organisations.view_organisation",
    "representatives.view_congress",
    "representatives.view_term",
    "representatives.view_person",
    "representatives.view_mandate",
    "representatives.view_mandatestatus",
    "representatives.view_session",
    "representatives.view_delegation",
    "representatives.view_group",
    "representatives.view_groupmember",
    "representatives.view_committeepost",
    "representatives.view_dutystatement",
    "rulebook.view_category",
    "stations.view_station",
    "stations.view_staffpost",
    "stations.view_stationassignment",
    "stations.view_stationstatus",
    "stations.view_designation",
}
SEE_STANDING = {
    "eight_haves.view_scorecard",
    "eight_haves.view_standard",
    "stations.view_ruledocument",
    "stations.view_activityfunds",
    "stations.view_yearlyconfirmation",
    "stations.view_pairing",
    "stations.view_budgetpaper",
    "stations.view_fundexpense",
    "stations.view_annualplan",
    "assessment.view_assessment",
    "assessment.view_determination",
    "assessment.view_rectification",
}
CHECK_ONESELF = {"assessment.hand_in_assessment", "assessment.mend_assessment"}  # 自查, 整改
REVIEW_CHECKS = {"assessment.review_assessment", "assessment.add_determination"}  # 复核, 现场认定
CONFIRM_CHECKS = {  # 区县确认, 整改事项, 复查, 抽查
    "assessment.add_assessment",
    "assessment.confirm_assessment",
    "assessment.sample_stations",
}
KEEP_STANDING = {
    "stations.add_ruledocument",
    "stations.change_ruledocument",
    "stations.add_activityfunds",
    "stations.change_activityfunds",
    "stations.add_yearlyconfirmation",
    "stations.change_yearlyconfirmation",
    "stations.add_fundexpense",
    "stations.change_fundexpense",
    "stations.add_annualplan",
    "stations.change_annualplan",
}
KEEP_PAIRINGS = {"stations.add_pairing", "stations.change_pairing"}
SEE_WORK = {
    "visits.view_visit",
    "visits.view_commitment",
    "opinions.view_opinion",
    "opinions.view_opinionassignment",
}
ENTER_VISITS = {
    "visits.add_visit",
    "visits.change_visit",
    "visits.change_commitment",
    "opinions.add_opinion",
    "opinions.change_opinion",
}
KEEP_RECEPTIONS = {
    "receptions.view_reception",
    "receptions.add_reception",
    "receptions.change_reception",
    "receptions.decide_request",
}
SEE_RECEPTION_RULES = {"receptions.view_receptionrule"}
KEEP_RECEPTION_RULES = {"receptions.add_receptionrule", "receptions.change_receptionrule"}
MOVE_OPINIONS = {
    "opinions.accept_opinion",
    "opinions.refuse_opinion",
    "opinions.assign_opinion",
    "opinions.feed_back_opinion",
    "opinions.archive_opinion",
}
WRITE_PUBLICATIONS = {
    "opinions.view_publication",
    "opinions.add_publication",
    "opinions.change_publication",
}
PUBLISH = {"opinions.publish_opinion"}
KEEP_NOTICES = {
    "notices.view_announcement",
    "notices.add_announcement",
    "notices.change_announcement",
}
CARRY_FOR_OTHERS = {  # 代录 and 补发: what the station writes down for people who do not sit at this screen
    "opinions.enter_for_others",
    "opinions.reissue_code",
}
PRINT_PAPERS = {"opinions.urge_opinion", "opinions.view_reception_book"}
SEE_REPORTERS = {"submissions.view_reporter"}
SEE_FIGURES = {"dashboard.view_figures", "dashboard.export_figures"}
SEE_NETWORK = {"duty.view_network"}  # 双联系: who keeps contact with whom, and what went up and came back
SEE_CONTACTS = {  # the links themselves, where they hang
    "representatives.view_contact",
    "representatives.view_contactevent",
    "representatives.view_residentgroup",
}
SEE_FIGURES_OF_PERSONS = {"dashboard.view_figures_of_persons"}  # 本期没有记录的代表: to remind one by one
KEEP_REGISTERS = {
    "organisations.add_organisation",
    "organisations.change_organisation",
    "representatives.add_congress",
    "representatives.change_congress",
    "representatives.add_term",
    "representatives.change_term",
    "representatives.add_person",
    "representatives.change_person",
    "representatives.add_mandate",
    "representatives.change_mandate",
    "representatives.add_group",
    "representatives.change_group",
    "representatives.add_committeepost",
    "representatives.change_committeepost",
    "representatives.add_contact",
    "representatives.change_contact",
    "representatives.add_residentgroup",
    "representatives.change_residentgroup",
    "stations.add_station",
    "stations.change_station",
    "stations.add_stationstatus",
    "stations.add_designation",
    "stations.change_designation",
    "stations.add_budgetpaper",
    "stations.change_budgetpaper",
    "stations.add_staffpost",
    "stations.change_staffpost",
    "stations.add_stationassignment",
    "stations.change_stationassignment",
}
KEEP_RULES = {
    "rulebook.add_category",
    "rulebook.change_category",
    "rulebook.view_clock",
    "rulebook.add_clock",
    "rulebook.change_clock",
    "rulebook.view_calendaryear",
    "rulebook.add_calendaryear",
    "rulebook.change_calendaryear",
    "rulebook.view_sheetlayout",
    "rulebook.add_sheetlayout",
    "rulebook.change_sheetlayout",
    "rulebook.view_office",
    "rulebook.change_office",
    "eight_haves.view_standard",
    "eight_haves.add_standard",
    "eight_haves.change_standard",
    "stations.view_fundfloor",
    "stations.add_fundfloor",
    "stations.change_fundfloor",
    "representatives.view_statusreason",
    "representatives.add_statusreason",
    "representatives.change_statusreason",
    "representatives.view_dutykind",
    "representatives.add_dutykind",
    "representatives.change_dutykind",
    "representatives.view_checklistitem",
    "representatives.add_checklistitem",
    "representatives.change_checklistitem",
}
PUBLISH_STANDARDS = {"eight_haves.publish_standard"}  # what is published never changes again
WRITE_STATEMENTS = {  # 年度履职情况: one writes, another reviews
    "representatives.add_dutystatement",
    "representatives.change_dutystatement",
    "representatives.review_dutystatement",
}
KEEP_DUTY = {  # 履职登记、述职、更正申请、履职档案: of the representatives within reach
    "representatives.view_dutyentry",
    "representatives.add_dutyentry",
    "representatives.change_dutyentry",
    "representatives.view_voterreport",
    "representatives.add_voterreport",
    "representatives.change_voterreport",
    "representatives.view_correctionrequest",
    "representatives.change_correctionrequest",
    "duty.view_archive",
}
READ_REMARKS = {"remarks.view_remark", "remarks.change_remark"}
HANDLE = {
    "opinions.view_opinion",
    "opinions.view_opinionassignment",
    "opinions.acknowledge_opinion",
    "opinions.reply_opinion",
}
SEE_PROPOSALS = {"proposals.view_proposal"}
KEEP_PROPOSALS = SEE_PROPOSALS | {
    "proposals.add_proposal",
    "proposals.change_proposal",
    "proposals.review_proposal",
    "proposals.assign_proposal",
    "proposals.reply_proposal",
}
ASSIGN_PROPOSALS = SEE_PROPOSALS | {"proposals.assign_proposal"}
HANDLE_PROPOSALS = SEE_PROPOSALS | {"proposals.acknowledge_proposal", "proposals.reply_proposal"}
KEEP_REPLY_TYPES = {"proposals.view_replytype", "proposals.add_replytype", "proposals.change_replytype"}
KEEP_ACCOUNTS = {
    "accounts.view_user",
    "accounts.add_user",
    "accounts.change_user",
    "accounts.view_grant",
    "accounts.add_grant",
    "accounts.change_grant",
}

SEE_OWN_DUTY = {"duty.view_own"}  # no list of anybody's: a representative's pages start from their own mandates
DO_OWN_DUTY = {"duty.change_own_turns", "duty.answer_own_opinions"}
KEEP_STAFF = {"accounts.view_user", "accounts.add_user", "accounts.change_user"} | {
    "stations.add_staffpost",
    "stations.change_staffpost",
}

STAFF = (
    SEE_REGISTERS
    | SEE_WORK
    | ENTER_VISITS
    | KEEP_RECEPTIONS
    | SEE_RECEPTION_RULES
    | WRITE_PUBLICATIONS
    | MOVE_OPINIONS
    | CARRY_FOR_OTHERS
    | PRINT_PAPERS
    | SEE_REPORTERS
    | SEE_PROPOSALS
    | SEE_STANDING
    | KEEP_STANDING
    | CHECK_ONESELF
    | KEEP_DUTY
    | SEE_NETWORK
)
OFFICER = (
    STAFF
    | PUBLISH
    | KEEP_NOTICES
    | SEE_FIGURES
    | SEE_FIGURES_OF_PERSONS
    | KEEP_REGISTERS
    | SEE_CONTACTS
    | WRITE_STATEMENTS
    | KEEP_RULES
    | PUBLISH_STANDARDS
    | KEEP_PROPOSALS
    | KEEP_REPLY_TYPES
    | KEEP_PAIRINGS
    | REVIEW_CHECKS
    | CONFIRM_CHECKS
    | KEEP_RECEPTION_RULES
    | READ_REMARKS
    | KEEP_ACCOUNTS
)

ROLES = {
    "staff": (pgettext_lazy("role", "station staff"), STAFF),
    "station_head": (
        _("station head"),
        STAFF | PUBLISH | KEEP_STAFF | KEEP_RECEPTION_RULES | {"stations.change_station"},
    ),
    "representative": (_("representative"), SEE_OWN_DUTY | DO_OWN_DUTY),
    "township_officer": (
        _("township congress officer"),
        STAFF
        | PUBLISH
        | KEEP_NOTICES
        | WRITE_STATEMENTS
        | SEE_FIGURES
        | KEEP_STAFF
        | KEEP_ACCOUNTS
        | KEEP_RECEPTION_RULES
        | REVIEW_CHECKS
        | SEE_CONTACTS,
    ),
    "officer": (_("officer for representatives' work"), OFFICER),
    "committee": (
        _("officer of a paired committee"),
        SEE_REGISTERS | SEE_STANDING | {"visits.view_visit", "visits.view_commitment"},
    ),
    "dispatcher": (
        _("dispatcher of the government office"),
        SEE_REGISTERS | {"opinions.view_opinion", "opinions.view_opinionassignment"} | SEE_FIGURES | ASSIGN_PROPOSALS,
    ),
    "department_clerk": (_("clerk of a handling department"), HANDLE | HANDLE_PROPOSALS),
    "leader": (
        _("leader (read only)"),
        SEE_REGISTERS | SEE_NETWORK | SEE_CONTACTS | SEE_FIGURES | SEE_PROPOSALS | SEE_STANDING,
    ),
    "auditor": (_("auditor"), {"audit.view_entry"}),
    "sysadmin": (
        _("system administrator"),
        KEEP_ACCOUNTS
        | KEEP_RULES
        | KEEP_REPLY_TYPES
        | READ_REMARKS
        | {
            "rulebook.add_office",
            "divisions.load_division",
            "divisions.view_division",
            "organisations.view_organisation",
        },
    ),
}
# Who may give which role, within their own reach. Everybody gives only what stands below them; system administrators,
# who do no business themselves, also make each other.
GIVES = {
    "station_head": {"staff"},
    "township_officer": {"staff", "station_head", "representative"},
    "officer": {
        *("staff", "station_head", "representative", "township_officer"),
        *("committee", "dispatcher", "department_clerk", "leader"),
    },
    "sysadmin": set(ROLES),
}
ROLE_CHOICES = [(key, label) for key, (label, _permissions) in ROLES.items()]


def permissions_of(role: str) -> set[str]:
    return ROLES[role][1] if role in ROLES else set()


def roles_with(permission: str) -> set[str]:
    return {role for role, (_label, permissions) in ROLES.items() if permission in permissions}

"""What may be chosen about an opinion. The keys are kept in rows and never change their meaning."""

from django.utils.translation import gettext_lazy as _

CHANNEL_CHOICES = [
    ("web", _("on the web")),
    ("reception", _("at a reception")),
    ("outreach", _("when going to residents")),
    ("desk", _("at the desk")),
    ("phone", _("by telephone")),
    ("box", _("opinion box")),
    ("meeting", _("at a meeting")),
    ("import", _("imported")),
]
URGENCY_CHOICES = [("normal", _("ordinary")), ("urgent", _("urgent")), ("danger", _("dangerous"))]
GUIDE_CHOICES = [
    ("court", _("lawsuit in court")),
    ("arbitration", _("arbitration")),
    ("review", _("administrative review")),
    ("petition", _("petition office")),
    ("discipline", _("discipline and supervision")),
    ("hotline_12345", _("hotline 12345")),
    ("police", _("police")),
]
SCORE_CHOICES = [
    ("satisfied", _("satisfied")),
    ("basically", _("basically satisfied")),
    ("dissatisfied", _("dissatisfied")),
]
OWN_RATING, BY_PHONE = "resident", "phone"
PROXY_SOURCE_CHOICES = [
    (BY_PHONE, _("call-back by telephone (entered by staff)")),
    ("in_person", _("in person (entered by staff)")),
]
SOURCE_CHOICES = [(OWN_RATING, _("by the resident on the web")), *PROXY_SOURCE_CHOICES]
PAPER = "paper"
STEP_SOURCE_CHOICES = [(PAPER, _("paper")), *PROXY_SOURCE_CHOICES]
WAY_CHOICES = [("phone", _("by telephone")), ("in_person", _("in person")), ("tracking", _("on the tracking page"))]
SOLE, LEAD, CO, SEPARATE = "sole", "lead", "co", "separate"
PART_CHOICES = [
    (SOLE, _("handles alone")),
    (LEAD, _("leads")),
    (CO, _("helps")),
    (SEPARATE, _("handles separately")),
]
DECISIVE = (SOLE, LEAD, SEPARATE)  # whose replies make the opinion replied

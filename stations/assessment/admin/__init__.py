"""The pages of yearly checks in the work platform: checks, findings on the spot, things to be rectified."""

from stations.assessment import waiting
from stations.assessment.admin import assessments, determinations, rectifications

__all__ = ["assessments", "determinations", "rectifications", "waiting"]

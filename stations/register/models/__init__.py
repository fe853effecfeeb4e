"""The register's records, by subject; everybody imports them from here."""

from stations.register.models.dated import InForceQuerySet, Recorded, ends_after_it_begins
from stations.register.models.funds import (
    MOST_YUAN,
    ActivityFunds,
    BudgetPaper,
    FundExpense,
    FundFloor,
)
from stations.register.models.people import POST_CHOICES, STAFFING_CHOICES, StaffPost, StationAssignment
from stations.register.models.records import (
    AnnualPlan,
    Pairing,
    PlannedItem,
    RuleDocument,
    RuleKind,
    YearlyConfirmation,
)
from stations.register.models.stations import (
    DESIGNATION_CHOICES,
    ENTITLED_KINDS,
    KIND_CHOICES,
    STATUS_CHOICES,
    Designation,
    Station,
    StationQuerySet,
    StationStatus,
)

__all__ = [
    "DESIGNATION_CHOICES",
    "ENTITLED_KINDS",
    "KIND_CHOICES",
    "MOST_YUAN",
    "POST_CHOICES",
    "STAFFING_CHOICES",
    "STATUS_CHOICES",
    "ActivityFunds",
    "AnnualPlan",
    "BudgetPaper",
    "Designation",
    "FundExpense",
    "FundFloor",
    "InForceQuerySet",
    "Pairing",
    "PlannedItem",
    "Recorded",
    "RuleDocument",
    "RuleKind",
    "StaffPost",
    "Station",
    "StationAssignment",
    "StationQuerySet",
    "StationStatus",
    "YearlyConfirmation",
    "ends_after_it_begins",
]

from stations.assessment.models.assessments import Assessment, AssessmentStep, Frozen
from stations.assessment.models.determinations import DETERMINED_CHOICES, Determination
from stations.assessment.models.rectifications import Rectification

__all__ = ["DETERMINED_CHOICES", "Assessment", "AssessmentStep", "Determination", "Frozen", "Rectification"]

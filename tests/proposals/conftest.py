"""A district with its congress, its office, a station with an opinion, and a department."""

from dataclasses import dataclass

import pytest
from django.utils import translation

from feedback.proposals.models import Proposal
from liaison.accounts.models import User
from liaison.organisations.models import Organisation
from representatives.models import Mandate
from stations.register.models import Station
from tests.support import factories as make


@dataclass
class Here:
    station: Station
    officer: User
    department: Organisation
    clerk: User
    mandate: Mandate

    @property
    def term(self):
        return self.mandate.term

    def proposal(self, **facts) -> Proposal:
        return make.proposal(self.mandate, **facts)


@pytest.fixture
def here():
    make.office()
    department = make.organisation()
    return Here(make.station(), make.granted("officer"), department, make.clerk(department), make.mandate())


@pytest.fixture(autouse=True)
def _in_english():
    """Refusals are compared as their source says them."""
    with translation.override("en"):
        yield

"""Two representatives at one station, each with an account, and what each of them heard."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from feedback.opinions.models import AgendaItem
from liaison.accounts.models import User
from representatives.models import Mandate
from tests.support import factories as make

NAME, PHONE = "CANARY-NAME", "13912345678"
BODY = f"CANARY-BODY {PHONE}"


@dataclass
class Representative:
    user: User
    mandate: Mandate

    @property
    def client(self):
        return signed_in(self.user)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def representative(at) -> Representative:
    mandate = make.placed(at)[0]
    user = make.granted("representative")
    mandate.person.user = user
    mandate.person.save()
    return Representative(user, mandate)


def said(at, **facts):
    """An opinion of somebody who gave a name and a telephone."""
    reporter = {"name": NAME, "phone": PHONE, "identity_mode": "confidential"}
    return make.opinion(at, reporter=reporter, **{"body": BODY, "summary": "lamps"} | facts)


def heard(at, by, **facts):
    """An opinion raised at a visit that a representative attended."""
    return said(at, visit=make.visit(at, timezone.localdate(), present=[by.mandate]), **facts)


def taken_up(at, by, **facts):
    opinion = said(at, **facts)
    AgendaItem.objects.create(visit=make.visit(at, timezone.localdate(), present=[by.mandate]), opinion=opinion)
    return opinion


def proposed(at, by, **facts):
    opinion = said(at, **facts)
    make.proposal(by.mandate, [opinion])
    return opinion


def signs(by, led_by, **facts):
    """A proposal that a colleague of the same term leads."""
    proposal = make.proposal(led_by.mandate, **facts)
    proposal.co_signers.add(by.mandate)
    return proposal


def receives(at, by, in_days=1, **facts):
    return make.reception(at, timezone.localdate() + timedelta(days=in_days), receiving=[by.mandate], **facts)


@pytest.fixture
def station():
    make.office()
    return make.station(name="Pine Street station", phone="0451-00000000")


@pytest.fixture
def mine(station):
    return representative(station)


@pytest.fixture
def other(station):
    return representative(station)

"""`manage.py demo`: what it prints, what it refuses."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from feedback.opinions.models import Opinion, OpinionStep
from liaison.accounts.models import User
from liaison.demo import district, entrance
from liaison.demo.models import DemoLoad
from liaison.divisions.models import Division
from stations.visits.models import Visit


def demo(*arguments):
    out = StringIO()
    call_command("demo", "--no-serve", "--today", "2026-10-30", *arguments, stdout=out)
    return out.getvalue()


def test_it_loads_once_and_says_how_to_get_in():
    said = demo("--port", "8123")
    assert "http://127.0.0.1:8123/" in said
    assert entrance.own_password() in said
    assert all(name in said for name in ("staff2", "officer", "department_clerk2", "sysadmin"))
    again = demo("--seed", "8")
    assert "http://127.0.0.1:8000/" in again
    assert entrance.own_password() in again
    assert (DemoLoad.objects.get().seed, DemoLoad.objects.get().today) == (7, date(2026, 10, 30))
    said = demo("--password", "ten green bottles")
    assert "ten green bottles" in said
    assert User.objects.get(username="staff").check_password("ten green bottles")
    assert entrance.own_password() not in demo()


def test_it_refuses_a_database_with_records_of_others():
    User.objects.create(username="somebody")
    with pytest.raises(CommandError) as refusal:
        demo()
    assert "1" in str(refusal.value)
    assert not DemoLoad.objects.exists()
    assert not Division.objects.exists()


def test_divisions_that_were_loaded_before_are_no_hindrance():
    Division.objects.create(code="230000", name="黑龙江省", level=1)
    district._refuse_others_records()


def test_it_refuses_a_day_before_its_people_were_there():
    with pytest.raises(district.DemoRefused):
        district.ensure(seed=7, today=date(2024, 12, 31), scale="district", password="x")
    assert not DemoLoad.objects.exists()


def fingerprint(seed):
    """Everything a person sees of a demo, loaded and taken back again."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        district.ensure(seed=seed, today=date(2026, 10, 30), scale="district", password="x")
        seen = [
            list(Opinion.objects.values_list("body", "state", "received_at", "reply_due_on", "taker_name")),
            list(OpinionStep.objects.values_list("move", "at", "actor_name", "note")),
            list(Visit.objects.values_list("station__code", "date", "form", "residents_received", "content")),
        ]
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    return seen


def test_the_same_seed_and_day_give_the_same_demo():
    once = fingerprint(7)
    assert fingerprint(7) == once
    assert len(once[0]) == len({body for body, *_rest in once[0]}) > 90


def test_a_whole_province_is_refused_in_words():
    with pytest.raises(CommandError) as refusal:
        demo("--scale", "province")
    assert "city" in str(refusal.value)
    assert not DemoLoad.objects.exists()

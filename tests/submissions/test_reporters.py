"""Who spoke is sealed with a key of their own; what is not kept is not there at all."""

import pytest
from django.db import IntegrityError, connections, transaction

from feedback.submissions.models import Reporter
from liaison.keys.models import PersonKey
from liaison.tools import sealed

WANG = {"name": "王𠮷", "phone": "13900000000"}


def test_what_is_kept_is_read_back_and_stands_nowhere_in_plain():
    reporter = Reporter.take(identity_mode="real", **WANG)
    kept = Reporter.objects.get(pk=reporter.pk)
    assert kept.reveal() == WANG
    plain = [value.encode(encoding) for value in WANG.values() for encoding in ("utf-8", "gb18030", "utf-16-le")]
    assert not any(text in bytes(kept.name_sealed) + bytes(kept.phone_sealed) for text in plain)
    assert str(kept) == kept.get_identity_mode_display()


def test_two_people_with_one_name_have_nothing_in_common():
    one, other = Reporter.take(**WANG), Reporter.take(**WANG)
    assert one.key_id != other.key_id
    assert bytes(one.name_sealed) != bytes(other.name_sealed)


def test_the_key_lies_in_another_database():
    reporter = Reporter.take(**WANG)
    assert PersonKey.objects.using("keys").filter(pk=reporter.key_id).count() == 1
    assert "keys_personkey" not in connections["default"].introspection.table_names()
    assert "submissions_reporter" not in connections["keys"].introspection.table_names()


def test_who_is_forgotten_cannot_be_read_again():
    reporter = Reporter.take(**WANG)
    PersonKey.destroy(reporter.key_id)
    with pytest.raises(sealed.Unreadable):
        Reporter.objects.get(pk=reporter.pk).reveal()


@pytest.mark.parametrize(("mine", "theirs"), [("name_sealed", "name_sealed"), ("name_sealed", "phone_sealed")])
def test_a_sealed_value_opens_in_its_own_place_only(mine, theirs):
    """Moved to another row or another column it is unreadable, with either key."""
    one, other = Reporter.take(**WANG), Reporter.take(**WANG)
    setattr(one, mine, bytes(getattr(other, theirs)))
    for key in (one.key_id, other.key_id):
        one.key_id = key
        with pytest.raises(sealed.Unreadable):
            one.reveal()


def test_every_changed_bit_is_found():
    reporter = Reporter.take(**WANG)
    whole = bytes(reporter.phone_sealed)
    for place in range(len(whole)):
        reporter.phone_sealed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(sealed.Unreadable):
            reporter.reveal()


def test_without_anything_to_keep_no_key_is_made():
    assert Reporter.take(identity_mode="anonymous", share_identity=True, **WANG).reveal() == {"name": "", "phone": ""}
    assert Reporter.take().identity_mode == "anonymous"
    assert Reporter.take(identity_mode="confidential").key_id is None
    assert PersonKey.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_mode": "anonymous", "name_sealed": b"x"},
        {"identity_mode": "anonymous", "phone_sealed": b"x"},
        {"identity_mode": "anonymous", "share_identity": True},
        {"identity_mode": "confidential", "share_identity": True},
    ],
)
def test_the_database_itself_refuses_what_was_not_ticked(changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reporter.objects.create(**changes)

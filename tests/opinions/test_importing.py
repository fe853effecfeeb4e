"""import_opinions: messages of another platform become opinions, once, whole or not at all."""

import csv
import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from feedback.opinions import workflow
from feedback.opinions.importing import import_file
from feedback.opinions.models import Opinion, OpinionReply, OpinionStep
from feedback.submissions.models import Reporter
from liaison.audit.models import Entry
from liaison.audit.trail import forged
from liaison.keys.models import PersonKey
from liaison.rulebook.models import Category
from liaison.tools.sheets import SheetRefused
from liaison.tools.workflow import RESIDENT
from tests.support import factories as make

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data"
FIRST = {"message_id": "m1", "time": "2025-03-10 14:30:05", "title": "路灯", "body": "三号楼前路灯坏了"}


@pytest.fixture(autouse=True)
def _in_english():
    make.division("230102")
    with translation.override("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """Writes rows as a CSV and gives its path."""

    def write(*rows, encoding="utf-8"):
        path = tmp_path / "messages.csv"
        names = {name: None for row in rows for name in row}
        with path.open("w", encoding=encoding, newline="") as out:
            writer = csv.DictWriter(out, names)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def counts(tally):
    return {name: value for name, value in vars(tally).items() if value}


def refusal(path, **options):
    with pytest.raises(SheetRefused) as refused:
        import_file(path, **options)
    return str(refused.value.reason).splitlines()


def local(*numbers):
    return timezone.make_aware(datetime(*numbers))


def nothing_is_kept():
    tables = (Opinion, OpinionStep, OpinionReply, Reporter, Entry, PersonKey)
    return not any(table.objects.exists() for table in tables) and not Category.objects.filter(is_mapped=False).exists()


# What a row becomes


def test_a_row_becomes_an_opinion_of_the_division_served(file, time_machine):
    time_machine.move_to(local(2026, 10, 30, 9))
    assert counts(import_file(file(FIRST | {"region": "A3区"}))) == {"rows": 1, "added": 1}
    opinion = Opinion.objects.get()
    assert (opinion.body, opinion.channel, opinion.state) == ("路灯\n三号楼前路灯坏了", "import", "submitted")
    assert (opinion.station, opinion.division_id, opinion.place, opinion.region) == (None, "230102", "A3区", "A3区")
    assert (opinion.received_at, opinion.entered_at) == (local(2025, 3, 10, 14, 30, 5), local(2026, 10, 30, 9))
    assert opinion.number == f"YJ-2026-{opinion.pk:04d}"
    assert (opinion.message_id, opinion.reporter, opinion.category) == ("m1", None, None)
    step = opinion.steps.get()
    assert (step.move, step.to_state, step.actor_kind, step.at) == ("begin", "submitted", "system", opinion.received_at)


def test_an_imported_opinion_has_no_due_dates(file):
    import_file(file(FIRST | {"reply": "已修好", "reply_time": "2025-03-12 08:00:00"}))
    opinion = Opinion.objects.get()
    assert (opinion.accept_due_on, opinion.reply_due_on, opinion.feed_back_due_on) == (None, None, None)
    assert not opinion.assignments.exists()


def test_an_opinion_belongs_to_the_station_named(file):
    station = make.station("230102001")
    import_file(file(FIRST), station=station)
    opinion = Opinion.objects.get()
    assert (opinion.station, opinion.division_id) == (station, "230102001")


def test_without_a_region_the_place_says_so(file):
    import_file(file(FIRST))
    assert (Opinion.objects.get().place, Opinion.objects.get().region) == ("place not stated", "")


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ({"title": "路灯"}, "路灯"),
        ({"body": "路灯坏了"}, "路灯坏了"),
        ({"title": "", "body": "路灯坏了"}, "路灯坏了"),
        ({"title": " 路灯 ", "body": "第一行\r\n第二行"}, "路灯\n第一行\n第二行"),
        ({"body": "𠮷野家门口👨‍👩‍👧"}, "𠮷野家门口👨‍👩‍👧"),
        ({"body": "长" * 10_000}, "长" * 10_000),
        ({"title": "长" * 4999, "body": "长" * 5000}, "长" * 4999 + "\n" + "长" * 5000),
    ],
)
def test_title_and_body_stand_one_below_the_other(file, row, body):
    import_file(file(row))
    assert Opinion.objects.get().body == body


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-10 14:30:05", local(2025, 3, 10, 14, 30, 5)),
        ("2025-03-10T14:30", local(2025, 3, 10, 14, 30)),
        ("2025-03-10T06:30:00Z", datetime(2025, 3, 10, 6, 30, tzinfo=UTC)),
        ("2025-03-10T14:30:00+08:00", local(2025, 3, 10, 14, 30)),
        ("2025/3/10 8:05", local(2025, 3, 10, 8, 5)),
        ("2025年3月10日 14:30", local(2025, 3, 10, 14, 30)),
        ("2025-03-10", local(2025, 3, 10)),
        ("2025.3.10", local(2025, 3, 10)),
        ("20250310", local(2025, 3, 10)),
    ],
)
def test_times_are_read_as_people_write_them(file, text, moment):
    import_file(file({"body": "路灯坏了", "time": text}))
    assert Opinion.objects.get().received_at == moment


def test_without_a_time_it_was_received_when_it_was_entered(file):
    import_file(file({"body": "路灯坏了"}))
    opinion = Opinion.objects.get()
    assert opinion.received_at == opinion.entered_at


# Replies


def test_a_reply_is_a_move_of_the_system_dated_when_it_was_given(file):
    replied = FIRST | {"reply": "您好！\n已修好。", "reply_time": "2025-03-12 23:30:00"}
    assert counts(import_file(file(replied))) == {"rows": 1, "added": 1, "replies": 1}
    opinion, reply = Opinion.objects.get(), OpinionReply.objects.get()
    assert (opinion.state, opinion.replied_on, opinion.outcome) == ("replied", date(2025, 3, 12), "")
    assert (reply.text, reply.replied_at, reply.organisation) == (
        "您好！\n已修好。",
        local(2025, 3, 12, 23, 30),
        None,
    )
    step = opinion.steps.get(move=workflow.IMPORT_REPLY.key)
    assert (step.from_state, step.to_state, step.actor_name, step.at) == (
        "submitted",
        "replied",
        "system",
        reply.replied_at,
    )


def test_a_reply_before_its_message_is_taken_as_it_is(file):
    import_file(file(FIRST | {"reply": "已修好", "reply_time": "2024-01-01"}))
    assert Opinion.objects.get().replied_on == date(2024, 1, 1)


def test_a_known_message_gets_the_reply_it_lacked(file):
    import_file(file(FIRST))
    later = file(FIRST | {"body": "改过的话", "region": "A市", "reply": "已修好", "reply_time": "2025-03-12"})
    assert counts(import_file(later)) == {"rows": 1, "completed": 1, "replies": 1}
    opinion = Opinion.objects.get()
    assert (opinion.body, opinion.state, opinion.region) == ("路灯\n三号楼前路灯坏了", "replied", "A市")
    assert counts(import_file(later)) == {"rows": 1, "unchanged": 1}


def test_the_same_message_twice_in_one_file_is_one_opinion(file):
    reply = FIRST | {"reply": "已修好", "reply_time": "2025-03-12"}
    assert counts(import_file(file(FIRST | {"reply": ""}, reply, reply))) == {
        "rows": 3,
        "added": 1,
        "completed": 1,
        "replies": 1,
        "unchanged": 1,
    }
    assert OpinionReply.objects.count() == 1


def test_a_second_reply_does_not_replace_the_first(file):
    import_file(file(FIRST | {"reply": "已修好", "reply_time": "2025-03-12"}))
    assert counts(import_file(file(FIRST | {"reply": "没修好", "reply_time": "2025-04-12"}))) == {
        "rows": 1,
        "unchanged": 1,
    }
    assert OpinionReply.objects.get().text == "已修好"


def test_a_reply_that_the_state_does_not_allow_is_told_by_number(file):
    import_file(file(FIRST))
    opinion = Opinion.objects.get()
    opinion.move(workflow.WITHDRAW, by=RESIDENT)
    assert refusal(file(FIRST | {"reply": "已修好"})) == [
        f"Line 2: {opinion.number}: its state does not allow this now",
        "1 line cannot be taken, so nothing was saved.",
    ]


# Categories


def test_a_category_is_found_by_its_name_on_any_level(file):
    import_file(file(FIRST | {"category": "交通出行"}, FIRST | {"message_id": "m2", "category": "路灯"}))
    assert [opinion.category.code for opinion in Opinion.objects.order_by("id")] == ["TRA", "URB-LAMP"]
    assert not Category.objects.filter(is_mapped=False).exists()


def test_an_unknown_category_is_made_once_and_marked(file):
    import_file(file(FIRST | {"label": "商贸旅游"}, FIRST | {"message_id": "m2", "label": "商贸旅游"}))
    made = Category.objects.get(is_mapped=False)
    assert (made.name, made.parent) == ("商贸旅游", None)
    assert Opinion.objects.filter(category=made).count() == 2
    Category.objects.filter(pk=made.pk).update(name="商贸和旅游", is_mapped=True)
    import_file(file(FIRST | {"message_id": "m3", "label": "商贸旅游"}))
    assert Opinion.objects.get(message_id="m3").category == made


def test_a_known_message_gets_the_category_it_lacked_and_keeps_the_one_it_has(file):
    import_file(file(FIRST))
    assert counts(import_file(file(FIRST | {"category": "路灯"}))) == {"rows": 1, "completed": 1}
    assert counts(import_file(file(FIRST | {"category": "停车"}))) == {"rows": 1, "unchanged": 1}
    opinion = Opinion.objects.get()
    assert opinion.category.name == "路灯"
    entry = Entry.objects.get(action="complete")
    assert (entry.object_id, entry.actor_name, entry.detail) == (str(opinion.pk), "system", {"fields": ["category"]})


def test_the_column_category_goes_before_label(file):
    import_file(file(FIRST | {"category": "路灯", "label": "停车"}))
    assert Opinion.objects.get().category.name == "路灯"


# Identity


def test_who_is_named_is_sealed_and_confidential(file):
    import_file(file(FIRST | {"name": "王某", "phone": "0451-00000000"}))
    reporter = Opinion.objects.get().reporter
    assert (reporter.identity_mode, reporter.share_identity) == ("confidential", False)
    assert reporter.reveal() == {"name": "王某", "phone": "0451-00000000"}
    assert "王某" not in repr(list(Entry.objects.values()) + list(OpinionStep.objects.values()))


def test_nobody_is_kept_where_nobody_is_named(file):
    import_file(file(FIRST | {"name": "", "phone": " "}))
    assert not Reporter.objects.exists()
    assert not PersonKey.objects.exists()


# Rows without a message_id


def test_rows_without_a_message_id_are_known_by_their_words_and_time(file):
    path = file({"body": "路灯坏了", "time": "2025-03-10"}, {"body": "路灯坏了", "time": "2025-03-11"})
    assert counts(import_file(path)) == {"rows": 2, "added": 2}
    assert counts(import_file(path)) == {"rows": 2, "unchanged": 2}


def test_two_residents_may_say_the_same_on_the_same_day(file):
    row = {"body": "请加装电梯", "time": "2025-03-10", "reply": ""}
    assert counts(import_file(file(row, row))) == {"rows": 2, "added": 2}
    assert counts(import_file(file(row, row, row))) == {"rows": 3, "added": 1, "unchanged": 2}


def test_rows_with_neither_are_always_new(file):
    path = file({"body": "路灯坏了"}, {"body": "路灯坏了"})
    tally = {"rows": 2, "added": 2, "nameless": [2, 3]}
    assert [counts(import_file(path)), counts(import_file(path))] == [tally, tally]


# Kinds of files


def test_gz_and_xlsx_hold_the_same(tmp_path, file):
    row = FIRST | {"message_id": "93433", "category": "路灯"}
    packed = tmp_path / "messages.csv.gz"
    packed.write_bytes(gzip.compress(file(row).read_bytes()))
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append([93433, datetime(2025, 3, 10, 14, 30, 5), *list(row.values())[2:]])
    book.save(tmp_path / "messages.xlsx")
    assert counts(import_file(packed)) == {"rows": 1, "added": 1}
    assert counts(import_file(tmp_path / "messages.xlsx")) == {"rows": 1, "unchanged": 1}
    Opinion.objects.update(message_id=None)
    import_file(tmp_path / "messages.xlsx")
    old, new = Opinion.objects.order_by("id")
    assert (old.body, old.received_at, old.category) == (new.body, new.received_at, new.category)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_are_read_in_the_encodings_people_have(file, encoding):
    import_file(file(FIRST, encoding=encoding))
    assert Opinion.objects.get().body == "路灯\n三号楼前路灯坏了"


# Refusals


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"title": " ", "body": ""}, "there is neither a title nor a body"),
        ({"title": "", "body": "长" * 10_001}, "title and body have 10001 characters, 10000 at most"),
        ({"title": "长" * 5000, "body": "长" * 5000}, "title and body have 10001 characters, 10000 at most"),
        ({"body": "路灯\N{REPLACEMENT CHARACTER}"}, "some characters cannot be read, please save the file in UTF-8"),
        ({"reply": "\N{REPLACEMENT CHARACTER}"}, "some characters cannot be read, please save the file in UTF-8"),
        ({"message_id": "9" * 51}, "message_id is longer than 50 characters"),
        ({"region": "长" * 101}, "region is longer than 100 characters"),
        ({"category": "长" * 51}, "category is longer than 50 characters"),
        ({"phone": "1" * 51}, "phone is longer than 50 characters"),
        ({"name": "长" * 51}, "name is longer than 50 characters"),
        *(
            ({column: text}, f"the time {text} cannot be read, please write it like 2026-03-10 14:30")
            for column in ("time", "reply_time")
            for text in ("昨天", "2025-02-30", "2025-13-01 10:00:00", "2025-03-10 25:00", "0001-01-01", "45726.5")
        ),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_kept(file, row, words):
    named = FIRST | {"message_id": "m2", "name": "王某", "label": "商贸旅游", "reply": "已修好"}
    assert refusal(file(named, FIRST | row)) == [f"Line 3: {words}", "1 line cannot be taken, so nothing was saved."]
    assert nothing_is_kept()


def test_a_refused_move_leaves_nothing_of_the_other_rows(file):
    import_file(file(FIRST))
    Opinion.objects.get().move(workflow.WITHDRAW, by=RESIDENT)
    entries = Entry.objects.count()
    refusal(file(FIRST | {"message_id": "m2", "name": "王某"}, FIRST | {"name": "", "reply": "已修好"}))
    assert (Opinion.objects.count(), PersonKey.objects.count(), Entry.objects.count()) == (1, 0, entries)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"time,region\n2025-03-10,A\n", "The file needs a column title or body."),
        (b"title,body\n", "The file has headings and no rows."),
        (b"", "The file is empty."),
        (b"title\na\0b\n", "This is not a text file, please save it as CSV in UTF-8."),
        (b"PK\x03\x04rubbish", "The file is damaged."),
        (b"\x1f\x8brubbish", "The file is damaged."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "messages.csv"
    path.write_bytes(content)
    assert refusal(path) == [words]


def test_for_a_file_the_division_served_is_asked_for_once(file):
    rows = [{"message_id": f"m{number}", "body": "the lamp is out"} for number in range(3)]
    with CaptureQueriesContext(connection) as asked:
        import_file(file(*rows))
    assert sum('FROM "rulebook_office"' in each["sql"] for each in asked) == 1
    assert {opinion.division_id for opinion in Opinion.objects.all()} == {"230102"}


# Real messages


if SHARED.is_dir():

    def test_the_real_messages_are_taken_once():
        labelled, replied = SHARED / "messages_labelled.csv", SHARED / "messages_replies.csv.gz"
        assert counts(import_file(labelled)) == {"rows": 1230, "added": 1230}
        assert counts(import_file(replied)) == {"rows": 1982, "added": 1865, "completed": 117, "replies": 1982}
        assert counts(import_file(labelled)) == {"rows": 1230, "unchanged": 1230}
        assert counts(import_file(replied)) == {"rows": 1982, "unchanged": 1982}
        assert (Opinion.objects.count(), OpinionReply.objects.count()) == (3095, 1982)
        assert Opinion.objects.filter(state="replied").count() == 1982
        assert Opinion.objects.filter(state="submitted").count() == 1113
        labels = Category.objects.filter(is_mapped=False)
        assert {label.name: label.opinion_set.count() for label in labels} == {
            "城乡建设": 281,
            "劳动和社会保障": 263,
            "教育文体": 238,
            "商贸旅游": 153,
            "卫生计生": 119,
            "交通运输": 88,
            "环境保护": 88,
        }
        assert not Reporter.objects.exists()
        assert list(forged()) == []

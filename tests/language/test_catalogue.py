"""The Chinese catalogue is complete, and what is compiled is what is written."""

from collections import Counter
from pathlib import Path

import django
import polib
import pytest

from tests.house.style import source_files
from tests.language import catalogue


@pytest.fixture(scope="module")
def source():
    return catalogue.collected()


def without(entry_msgid):
    """The catalogue as it stands, less one entry."""
    shorter = catalogue.kept()
    shorter[:] = [entry for entry in shorter if entry.msgid != entry_msgid]
    return shorter


def changed(msgid, **facts):
    """The catalogue as it stands, with one entry changed."""
    copy = catalogue.kept()
    for name, value in facts.items():
        setattr(copy.find(msgid), name, value)
    return copy


def newly_wanting(source, broken):
    """What only the broken catalogue lacks, so that a real gap is told by one test and not by three."""
    return set(catalogue.wanting(source, broken)) - set(catalogue.wanting(source, catalogue.kept()))


def test_every_word_of_the_source_has_its_chinese(source):
    assert len(source) > 600
    assert catalogue.wanting(source, catalogue.kept()) == []


def test_nothing_stands_in_the_catalogue_that_nobody_asks_for(source):
    assert catalogue.unasked(source, catalogue.kept()) == []


def test_no_word_stands_there_twice():
    names = Counter(catalogue.name_of(entry) for entry in catalogue.kept())
    assert [name for name, count in names.items() if count > 1] == []


def test_a_missing_translation_is_caught(source):
    assert newly_wanting(source, without("Say something")) == {"Say something"}
    assert newly_wanting(source, changed("Say something", msgstr="")) == {"Say something"}
    assert newly_wanting(source, changed("Say something", flags=["fuzzy"])) == {"Say something"}


def test_a_lost_placeholder_is_caught(source):
    said = "Given to %(handler)s, reply expected by %(due)s"
    assert newly_wanting(source, changed(said, msgstr="已交%(handler)s办理")) == {said}


def test_a_word_left_behind_is_caught(source):
    grown = catalogue.kept()
    grown.append(polib.POEntry(msgid="once said", msgstr="以前的话"))
    assert catalogue.unasked(source, grown) == ["once said"]


def test_xgettext_sees_all_the_python_asks_for(source):
    found = {catalogue.name_of(entry) for entry in source}
    asked = {path: catalogue.asked_for(path.read_text(encoding="utf-8")) for path in source_files()}
    assert {str(path): words - found for path, words in asked.items() if words - found} == {}


def test_a_word_inside_an_f_string_is_caught():
    text = "from django.utils.translation import pgettext\nfrom django.utils.translation import gettext as _\n"
    assert catalogue.asked_for(text + "f\"{_('one')}\"\n_('t' 'wo')\npgettext('where', 'three')\n") == {
        (None, "one"),
        (None, "two"),
        ("where", "three"),
    }


def test_what_is_compiled_is_what_is_written():
    compiled = polib.mofile(str(catalogue.CATALOGUE.with_suffix(".mo")))
    words = {catalogue.name_of(entry): catalogue.chinese(entry) for entry in catalogue.kept()}
    assert {catalogue.name_of(entry): catalogue.chinese(entry) for entry in compiled} == words


def test_the_file_is_as_the_tool_writes_it(source, tmp_path):
    kept = catalogue.kept()
    written = str(catalogue.merged(source, kept))
    assert written.strip() == catalogue.CATALOGUE.read_text(encoding="utf-8").strip()


def test_our_own_wordings_of_djangos_words_are_still_djangos():
    files = Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
    djangos = {catalogue.name_of(entry) for file in files for entry in polib.pofile(str(file))}
    ours = [entry for entry in catalogue.kept() if catalogue.is_ours(entry)]
    assert len(ours) > 60
    assert [entry.msgid for entry in ours if catalogue.name_of(entry) not in djangos] == []
    assert [entry.msgid for entry in ours if not keeps_to(entry)] == []


def keeps_to(entry):
    """There is Chinese, and no placeholder Django does not fill."""
    chinese = catalogue.chinese(entry)
    given = set(catalogue.PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return bool(chinese) and set(catalogue.PLACEHOLDER.findall(chinese)) <= given

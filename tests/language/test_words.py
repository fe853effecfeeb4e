"""What our own texts say, and where Chinese may stand at all."""

import ast
import re

import pytest

from tests.house.style import PACKAGES, ROOT, files, source_files
from tests.language import catalogue, forbidden

IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
READS_CHINESE = {  # words that people write and the product understands, never says
    "liaison/accounts/passwords.py",
    "liaison/divisions/load.py",
    "liaison/organisations/importing.py",
    "liaison/tools/dates.py",
    "liaison/tools/importing/cells.py",
    "liaison/tools/importing/columns.py",
    "representatives/importing.py",
    "stations/visits/backlog.py",
    "stations/visits/clock.py",
    "stations/visits/importing.py",
    "stations/visits/lines.py",
}
SAYS_CHINESE = {
    "liaison/settings.py",  # why it cannot start, before there is a language; and the language's own name
    "liaison/tools/word.py",  # typefaces of official documents, by the names under which they are installed
    "stations/receptions/lunar.py",  # lunar days have no other names
}


def chinese_strings(source):
    """The strings of a Python source that hold Chinese, docstrings apart."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in strings if id(node) not in docstrings and IDEOGRAPH.search(node.value)]


def without_comments(text):
    return re.sub(r"(?s){% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->|/\*.*?\*/|(?m:^\s*//.*$)", "", text)


def test_no_word_of_the_list_is_in_our_texts():
    found = {
        entry.msgid: words
        for entry in catalogue.kept()
        if (words := forbidden.found_in(catalogue.chinese(entry), f"{entry.msgid} {entry.msgctxt or ''}"))
    }
    assert found == {}


@pytest.mark.parametrize("word", forbidden.HARD)
def test_a_hard_word_is_caught_wherever_it_stands(word):
    assert word in forbidden.found_in(f"请看{word}一栏")


@pytest.mark.parametrize(
    ("chinese", "words"),
    [
        ("人大委员", ["委员"]),
        ("我要投诉", ["投诉"]),
        ("街道人大", ["街道人大"]),
        ("一站一品", ["一站一品"]),
        ("议案", ["议案"]),
        ("反馈", ["反馈"]),
        ("已办结", ["已办结"]),
        ("本站已解决", ["本站已解决"]),
    ],
)
def test_a_word_that_stands_alone_is_caught(chinese, words):
    assert forbidden.found_in(chinese) == words


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("代表工作委员会", ""),
        ("居民委员会", ""),
        ("常委会委员", ""),
        ("已答复待反馈", ""),
        ("打印反馈单", ""),
        ("群众意见建议处理反馈制度", ""),
        ("一站一品牌特色", ""),
        ("抚顺街道人大代表联络站", ""),
        ("议案转建议", ""),
        ("向反映人反馈", "Feed back to the resident"),
        ("已办结", "the proposal is closed"),
    ],
)
def test_a_longer_word_and_a_word_in_its_place_are_let_pass(chinese, english):
    assert forbidden.found_in(chinese, english) == []


def test_the_source_speaks_english():
    exempt = READS_CHINESE | SAYS_CHINESE
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in source_files()}
    assert exempt <= set(sources)
    speaking = {path: chinese_strings(text) for path, text in sources.items() if path not in exempt}
    assert {path: strings for path, strings in speaking.items() if strings} == {}


def test_a_chinese_string_is_caught():
    assert chinese_strings('"""文档"""\nx = f"共{n}条"\n# 注释') == ["共", "条"]


def test_templates_scripts_and_styles_speak_english():
    paths = files(".html", ".txt", ".js", ".css", ".svg", under=["templates", "static", *PACKAGES])
    texts = {str(path.relative_to(ROOT)): without_comments(path.read_text(encoding="utf-8")) for path in paths}
    assert len(texts) > 40
    assert [path for path, text in texts.items() if IDEOGRAPH.search(text)] == []


def test_chinese_in_a_template_is_caught():
    assert IDEOGRAPH.search(without_comments("{# 注释 #}<p>提交</p>"))
    assert not IDEOGRAPH.search(without_comments("{# 注释 #}<p>{% translate 'Send' %}</p>"))

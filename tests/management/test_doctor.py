"""What a start-up refuses, each in words (reliability.md D2): asked of real processes, as an administrator would."""

import sys
import time
import urllib.request
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import override_settings

from liaison.tools import startup
from tests.support import environment, migrated, places, processes, sites

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HTTPS = {"SITE_URL": "https://rd.example.gov.cn", "ALLOWED_HOSTS": "rd.example.gov.cn", "TRUSTED_PROXY_COUNT": "1"}
LONG = "0123456789abcdef" * 4
BAD = {
    "no secret key": ({"SECRET_KEY": ""}, "SECRET_KEY 没有设置，或者不足32个字符"),
    "a short secret key": ({"SECRET_KEY": "a7f3"}, "SECRET_KEY 没有设置，或者不足32个字符"),
    "a sample secret key": ({"SECRET_KEY": "django-insecure-" + LONG}, "SECRET_KEY 是示例值或太简单"),
    "a simple secret key": ({"SECRET_KEY": "ab" * 32}, "SECRET_KEY 是示例值或太简单"),
    "no field key": ({"FIELD_KEY": ""}, "FIELD_KEY 没有设置"),
    "no receipt key": ({"RECEIPT_KEY": ""}, "RECEIPT_KEY 没有设置"),
    "no audit key": ({"AUDIT_KEY": ""}, "AUDIT_KEY 没有设置"),
    "one key twice": ({"FIELD_KEY": environment.VALUES["SECRET_KEY"]}, "四个密钥中有两个相同"),
    "debug in public": (HTTPS | {"DEBUG": "true"}, "对外的域名下打开了 DEBUG"),
    "any host": ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS 为空或含有 *"),
    "no host": ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS 为空或含有 *"),
    "http in public": (HTTPS | {"SITE_URL": "http://rd.example.gov.cn"}, "对外的 SITE_URL 是 http"),
    "no proxy count": (HTTPS | {"TRUSTED_PROXY_COUNT": "0"}, "没有设置 TRUSTED_PROXY_COUNT"),
    "another time zone": ({"TIME_ZONE": "UTC"}, "TIME_ZONE 不是北京时间"),
    "no database": ({"DATABASE_URL": "postgres://a:b@127.0.0.1:1/none"}, "连不上数据库（default）"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An installation brought up to date, on SQLite whatever the run is about: what else is asked is below."""
    folder = tmp_path_factory.mktemp("doctor") / "place"
    place = places.Place(folder, *environment.sqlite(folder).values())
    migrated.copy_to(place)
    return place


@pytest.mark.parametrize("name", BAD)
def test_a_bad_environment_is_named_in_a_sentence(place, name):
    values, sentence = BAD[name]
    said = place.manage("doctor", rc=1, **values)
    assert sentence in said
    assert "Traceback" not in said


def test_a_good_environment_is_called_good(place):
    assert "✓ 没有妨碍启动的问题。" in place.manage("doctor")
    assert "✓ 没有妨碍启动的问题。" in place.manage("doctor", **HTTPS)


def test_the_documented_environment_passes_the_check_for_deployment(place):
    assert "no issues" in place.manage("check", "--deploy", "--fail-level", "WARNING", **HTTPS)


def test_a_database_left_behind_is_named(place, tmp_path):
    said = place.manage("doctor", rc=1, DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")
    assert "请运行：manage.py migrate --database default" in said


def test_photographs_among_the_public_files_are_refused(place):
    said = place.manage("doctor", rc=1, MEDIA_ROOT=str(place.folder / "static" / "photos"))
    assert "MEDIA_ROOT 在公开文件目录里" in said


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o640, False), (0o644, True)])
def test_secrets_everybody_may_read_are_refused(tmp_path, mode, is_open):
    file = tmp_path / ".env"
    file.touch()
    file.chmod(mode)
    with override_settings(SECRET_FILES=[tmp_path / "absent", file]):
        assert (startup.open_secrets() is not None) is is_open


def test_the_served_door_stays_closed(place):
    run = gunicorn(place, ALLOWED_HOSTS="*")
    assert run.wait(timeout=60) == 3
    log = (place.folder / "gunicorn.log").read_text()
    assert "ALLOWED_HOSTS 为空或含有 *" in log


def test_the_served_door_opens_onto_a_good_environment(place):
    port = processes.free_port()
    run = gunicorn(place, port)
    try:
        site = sites.Site(place, url=f"http://127.0.0.1:{port}", process=run)
        assert site.answers()
        with urllib.request.urlopen(site.url, timeout=30) as answer:
            assert answer.headers["Server"] == "gunicorn"  # no version
    finally:
        processes.stop(run)


def gunicorn(place, port=0, **extra):
    command = [sys.executable, "-m", "gunicorn", "liaison.wsgi", "--bind", f"127.0.0.1:{port}"]
    return processes.start(command, log=place.folder / "gunicorn.log", cwd=places.ROOT, env=place.environment | extra)


def test_runserver_refuses_as_well(place):
    said = place.manage("runserver", "--noreload", "127.0.0.1:1", rc=1, **HTTPS | {"DEBUG": "true"})
    assert "对外的域名下打开了 DEBUG" in said


def test_the_tests_own_database_is_judged_by_what_it_is():
    """The tests' PostgreSQL is fast and forgetful and theirs to rule: exactly what an installation's may not be."""
    said = list(startup.problems_of_database(connection))
    if connection.vendor == "sqlite":
        assert said == []
    else:
        assert [sentence[:10] for sentence in said] == ["数据库账号是超级用户", "PostgreSQL 关闭了 fsync"[:10]]


def test_sqlite_without_full_synchronous_is_refused():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == startup.FULL
    asked = SimpleNamespace(cursor=lambda: Answer(1))
    assert startup.unsafe_writes(asked).startswith("SQLite 的 synchronous 低于 FULL")


class Answer:
    """A cursor whose only row is one value."""

    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return False

    def execute(self, query):
        """Whatever is asked."""

    def fetchone(self):
        return (self.value,)


def test_a_clock_far_off_is_refused():
    assert startup.wrong_clock(SimpleNamespace(cursor=lambda: Answer(time.time() - 299))) is None
    assert startup.wrong_clock(SimpleNamespace(cursor=lambda: Answer(time.time() - 302))).startswith(
        "本机与数据库的时钟"
    )


@pytest.mark.parametrize(
    ("host", "mode", "is_open"),
    [
        ("", None, False),
        ("/run/postgresql", None, False),
        ("127.0.0.1", None, False),
        ("db.example.gov.cn", None, True),
        ("db.example.gov.cn", "require", True),
        ("db.example.gov.cn", "verify-full", False),
    ],
)
def test_an_open_line_to_a_far_database_is_refused(host, mode, is_open):
    far = SimpleNamespace(settings_dict={"HOST": host, "OPTIONS": {"sslmode": mode}})
    assert (startup.open_line(far) is not None) is is_open


def test_a_database_file_on_a_network_disk_is_refused(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path}/far nfs4 rw 0 0\n")
    assert startup.kind_of_disk(tmp_path / "near.sqlite3", mounts) == "ext4"
    assert startup.kind_of_disk(tmp_path / "far" / "a.sqlite3", mounts) == "nfs4"
    assert {"nfs4", "cifs"} < startup.NETWORK_DISKS
    assert startup.network_disk(SimpleNamespace(settings_dict={"NAME": str(tmp_path / "a.sqlite3")})) is None

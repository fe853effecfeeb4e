"""Stored photographs: under names nobody can guess, whole or not at all, on the disk before anybody is told so."""

import os
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from liaison.tools.files import Photo, discard, store

PHOTO = Photo(b"\xff\xd8 pixels \xff\xd9", "image/jpeg", 8, 6, "")
DAY = date(2026, 11, 22)


@pytest.fixture
def storage(tmp_path):
    return FileSystemStorage(tmp_path / "media")


@pytest.fixture
def synced(monkeypatch):
    """Paths in the order in which they really went to the disk."""
    paths, fsync = [], os.fsync

    def noting(descriptor):
        paths.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return paths


def test_a_photo_is_stored_whole(storage):
    name = store(PHOTO, storage, DAY)
    assert Path(storage.path(name)).read_bytes() == PHOTO.data


def test_its_name_is_the_day_and_128_random_bits(storage):
    names = {store(PHOTO, storage, DAY) for _ in range(100)}
    assert len(names) == 100
    assert all(re.fullmatch(r"photos/2026/11/22/[0-9a-f]{32}\.jpg", name) for name in names)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_we_can_read_it(storage, umask):
    before = os.umask(umask)
    try:
        path = Path(storage.path(store(PHOTO, storage, DAY)))
    finally:
        os.umask(before)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]


def test_file_and_folders_are_on_the_disk_when_it_returns(storage, synced, tmp_path):
    media = tmp_path / "media"
    first, second = store(PHOTO, storage, DAY), store(PHOTO, storage, DAY)
    made = [tmp_path, media, media / "photos", media / "photos/2026", media / "photos/2026/11"]
    day = media / "photos/2026/11/22"
    assert synced == [*made, media / first, day, media / second, day]


def test_a_photo_that_could_not_be_written_leaves_nothing(storage, tmp_path, monkeypatch):
    store(PHOTO, storage, DAY)
    before = sorted(tmp_path.rglob("*"))

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(PHOTO, storage, DAY)
    assert sorted(tmp_path.rglob("*")) == before


def test_without_a_day_it_goes_to_today(storage):
    assert re.match(r"photos/\d{4}/\d\d/\d\d/", store(PHOTO, storage))


def test_a_discarded_photo_is_gone_and_may_be_discarded_again(storage, synced):
    name = store(PHOTO, storage, DAY)
    synced.clear()
    discard(name, storage)
    assert (storage.exists(name), synced) == (False, [Path(storage.path(name)).parent])
    discard(name, storage)
    discard("photos/1999/01/01/none.jpg", storage)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "photos/../../secret"])
def test_nothing_outside_the_storage_is_discarded(storage, tmp_path, name):
    (tmp_path / "secret").write_text("kept")
    with pytest.raises(SuspiciousFileOperation):
        discard(name, storage)
    assert (tmp_path / "secret").read_text() == "kept"


def test_a_storage_without_folders_works_as_well():
    storage = InMemoryStorage()
    name = store(PHOTO, storage, DAY)
    with storage.open(name) as file:
        assert file.read() == PHOTO.data
    discard(name, storage)
    assert storage.exists(name) is False

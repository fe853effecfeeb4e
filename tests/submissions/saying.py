"""Saying something on the public form, and reading what comes back."""

import io

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from feedback.submissions import tokens
from tests.support.pages import Page, fields

FORM = "/opinions/new/"
SAID = {"matter": "三号楼前的路灯坏了", "place": "松涛苑3号楼"}
URLENCODED = "application/x-www-form-urlencoded"


def said(**changes):
    return SAID | {"token": tokens.issue().text} | changes


def posted(client, **changes):
    return client.post(FORM, said(**changes))


def page_of(response):
    return Page(response.content.decode())


def typed_on(response) -> dict:
    """What the page's form would send if it were sent as it stands."""
    return fields(max(page_of(response).forms, key=len))


def errors_on(response) -> set[str]:
    """The fields that have an error beside them."""
    return {
        name for name, bound in response.context["form"].fields.items() if f"id_{name}_error" in page_of(response).texts
    }


def rows():
    """How many rows every table of both databases holds, and how many files there are."""
    found = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    return found | {"files": stored_files()}


def stored_files(folder=""):
    if folder and not default_storage.exists(folder):
        return 0
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    return len(files) + sum(stored_files(f"{folder}/{name}".lstrip("/")) for name in folders)


def photo(name="photo.jpg", data=None):
    return SimpleUploadedFile(name, data or jpeg(), "image/jpeg")


def jpeg():
    picture = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(picture, "JPEG")
    return picture.getvalue()

"""A visit page in tests: what its form would send, with some of it changed."""

from tests.support.pages import Page

ADD = "/admin/visits/visit/add/"


def page_fields(response) -> dict:
    """What the page's main form would send as it stands."""
    form = next(form for form in Page(response.text).forms if any(name == "content" for name, _ in form))
    fields: dict = {}
    for name, value in form:
        if not name.endswith(("-DELETE", "_addanother", "_continue")) and "__prefix__" not in name:
            fields.setdefault(name, []).append(value)
    return fields


def filled(client, address=ADD, **changes) -> dict:
    told = {"date": "2026.3.10", "form": "reception", "content": "接待群众"} | changes
    return page_fields(client.get(address)) | told


def errors_of(response) -> dict:
    return response.context["adminform"].form.errors

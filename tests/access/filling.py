"""Sending the forms of the work platform as a browser would: everything the page holds, with some of it changed."""

from tests.support.pages import Page, fields


def form_on(client, address) -> dict:
    """What the page's largest form would send as it stands."""
    return fields(max(Page(client.get(address).content.decode()).forms, key=len))


def send(client, address, **changes):
    """Fill in the page's form and send it. The names of inlines' fields hold hyphens: `guests__0__name`."""
    typed = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, form_on(client, address) | typed)


def errors_on(response) -> set[str]:
    """The names of the fields whose errors the page shows, those of inlines with their prefix."""
    page = response.context.get("adminform")
    found = set(page.form.errors if page else response.context["form"].errors)
    for inline in response.context.get("inline_admin_formsets", ()):
        for row in inline.formset.forms:
            found |= {f"{row.prefix}-{name}" for name in row.errors}
    return found

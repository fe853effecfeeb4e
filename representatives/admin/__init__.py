"""The registers of representatives. Each page registers itself."""

from representatives.admin import congresses, contacts, duty, groups, mandates, persons, posts, reports, statements

__all__ = ["congresses", "contacts", "duty", "groups", "mandates", "persons", "posts", "reports", "statements"]

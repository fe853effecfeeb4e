"""The registers of representatives. Each page registers itself."""

from representatives.admin import congresses, contacts, groups, mandates, persons, posts, statements

__all__ = ["congresses", "contacts", "groups", "mandates", "persons", "posts", "statements"]

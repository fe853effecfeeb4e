"""The registers of representatives. Each page registers itself."""

from representatives.admin import congresses, groups, mandates, persons, posts, statements

__all__ = ["congresses", "groups", "mandates", "persons", "posts", "statements"]

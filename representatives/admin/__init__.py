"""The registers of representatives. Each page registers itself."""

from representatives.admin import congresses, duty, groups, mandates, persons, posts, reports, statements

__all__ = ["congresses", "duty", "groups", "mandates", "persons", "posts", "reports", "statements"]

"""The schema as a page to read: rendered here, so it asks no script, no style and no host of others."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


@dataclass(frozen=True)
class Operation:
    """One address with what may be asked of it and what it answers."""

    path: str
    summary: str
    needs_account: bool
    parameters: list[dict]
    fields: list[dict]

    @property
    def example(self) -> str:
        """An address to try; empty where a key must be known first."""
        return "" if "{" in self.path else self.path


@login_not_required
@require_safe
def docs(request):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "api/docs.html", {"info": schema["info"], "operations": operations(schema)})


def operations(schema: dict) -> list[Operation]:
    """What the schema offers, in the order of the addresses; all of it is read only."""
    return [_operation(schema, path, methods["get"]) for path, methods in schema["paths"].items()]


def _operation(schema, path, get):
    answer = get["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        path=path,
        summary=get.get("description", ""),
        needs_account={} not in get.get("security", [{}]),
        parameters=[_described(given["name"], given) for given in get.get("parameters", [])],
        fields=[_described(name, field) for name, field in _fields(schema, answer)],
    )


def _described(name, given) -> dict:
    kind = given.get("schema", given)
    words = given.get("description") or kind.get("title", "")
    return {"name": name, "type": _type(kind), "words": words, "choices": kind.get("enum", [])}


def _type(kind) -> str:
    if "$ref" in kind:
        return kind["$ref"].rpartition("/")[2]
    several = kind.get("type", "")
    words = several if isinstance(several, str) else " / ".join(several)
    return f"{words} ({kind['format']})" if "format" in kind else words


def _fields(schema, answer):
    """Name and schema of each field of one record, inside whatever list or page it comes."""
    answer = _resolved(schema, answer)
    if answer.get("type") == "array":
        return _fields(schema, answer["items"])
    properties = answer.get("properties", {})
    if "items" in properties.get("results", {}) and "$ref" in properties["results"]["items"]:
        return _fields(schema, properties["results"]["items"])
    return properties.items()


def _resolved(schema, answer):
    name = answer.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else answer

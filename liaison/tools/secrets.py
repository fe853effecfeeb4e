"""Secrets a first start makes for itself, kept in a file only the owner may read."""

import json
import os
import secrets
from pathlib import Path

FILE = "demo-secrets.json"
NAMES = ("SECRET_KEY", "FIELD_KEY", "RECEIPT_KEY", "AUDIT_KEY")


def has_demo_secrets(folder: Path) -> bool:
    return (folder / FILE).exists()


def demo_secrets(folder: Path) -> dict[str, str]:
    """The demo's four secrets from `folder`, made on first use (mode 0600) and the same ever after."""
    file = folder / FILE
    if not file.exists():
        _keep(file, {name: secrets.token_hex(32) for name in NAMES})
    return json.loads(file.read_text(encoding="utf-8"))


def _keep(file: Path, values: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(values, out)

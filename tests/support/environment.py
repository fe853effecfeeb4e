"""The environment every test runs in. It is complete, so neither the shell nor a .env file has a say."""

import os

VALUES = {
    "DJANGO_SETTINGS_MODULE": "liaison.settings",
    "DEBUG": "false",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "TIME_ZONE": "Asia/Shanghai",
    "LANGUAGE_CODE": "zh-hans",
    "DIVISION_CODE": "230102",
    "ORGANISATION_NAME": "",
    "API_RATE": "100000/min",
    "SECRET_KEY": "5f0c1e6a9b7d43c28e51f4a06d92b38c7ae4105bd36f892ec0471b9d5a83f6e2",
    "FIELD_KEY": "c83b27f1d95e40a6b2741fe80d6a93c5f71e5082bc49d3a6e0981c7f24b5d36a",
    "RECEIPT_KEY": "1d7e94b05ac2f8634b90e17d28f5c6a3908be4d1725f3ac6e40b19785fd2c63e",
    "AUDIT_KEY": "a46f0b8d3e9271c5d80f6b3a94e2571c6bd93f08e5a7412c9f0e86d3b71a25c4",
}


def databases(default, keys):
    return {"DATABASE_URL": default, "KEYS_DATABASE_URL": keys}


def sqlite(folder):
    """Files, not memory: what a thread or another process sees is then what an installation would see."""
    return databases(f"sqlite:///{folder}/default.sqlite3", f"sqlite:///{folder}/keys.sqlite3")


def folders(folder):
    """Where an installation keeps its files; WhiteNoise warns where the folder for collected ones is missing."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return {"VAR_DIR": str(folder), "MEDIA_ROOT": str(folder / "media")}


def bare():
    """The shell's environment without anything of ours or of the running pytest: for a second run."""
    ours = {*VALUES, *databases("", ""), "VAR_DIR", "MEDIA_ROOT"}
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("PYTEST_")}

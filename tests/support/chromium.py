"""The system's Chromium: Playwright's own download does not exist behind a closed network."""

import ctypes
import os
import shutil
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find():
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, [os.environ.get("CHROMIUM_PATH") or "chromium", *NAMES])), None)


def missing():
    """Why there can be no browser here, or an empty string."""
    if not find():
        return "no Chromium: ./run test as root installs it on Debian, or set CHROMIUM_PATH"
    return "" if sys.platform != "linux" or can_load("libatomic.so.1") else "Playwright's driver needs libatomic1"


def can_load(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

"""Servers of the tests: a port of their own, and an end with the run."""

import os
import random
import signal
import socket
import subprocess
import sys
from pathlib import Path

TIED = Path(__file__).with_name("tied.py")
PORTS = range(20000, 32000)  # below the range from which outgoing connections take theirs


def free_port():
    """A port nobody listens on; drawn by the system's randomness, for every run seeds the other one alike."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


def unprivileged():
    """The user a database server may run as: ourselves, or another one when we are root."""
    return "nobody" if os.getuid() == 0 else "-"


def start(command, *, log, user="-", ends_with="SIGTERM", **options):
    """Start a server whose output goes to the file `log`; it ends by the signal `ends_with` if this process ends."""
    with open(log, "ab") as output:
        return subprocess.Popen(
            [sys.executable, TIED, str(os.getpid()), ends_with, user, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )


def stop(process, *, by="SIGTERM", patience=20):
    """End a server by a signal, and by force when it does not listen."""
    if process.poll() is None:
        process.send_signal(signal.Signals[by])
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(patience)

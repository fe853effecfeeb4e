"""Run a command that ends with whoever started it: python tied.py PARENT SIGNAL USER COMMAND ...

PARENT is the starter's process id; USER - stays who it is.

A test run that is killed leaves no database server and no web server behind. Linux tells the child; elsewhere this only
runs the command. The user is changed here and not by the caller: the caller's Python may lie where that user cannot go.
"""

import ctypes
import os
import pwd
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


def become(user):
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def main(parent, name, user, *command):
    if user != "-":
        become(user)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.Signals[name].value)
        if os.getppid() != int(parent):  # it ended before it could be asked for
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Becomes another program whose life is tied to its parent's. Run by path: it imports the standard library only.

usage: launch.py SIGNAL PARENT USER:GROUP|- PROGRAM [ARGUMENT...]

A parent killed by SIGKILL cannot stop its children, so the kernel does: it sends SIGNAL to the child when the parent
ends (Linux only). Rights are dropped here, and not by subprocess, because the kernel forgets the wish when the user
changes, and because the Python that runs this file may lie where the other user cannot read.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become_user(owner: str) -> None:
    """Drops root for good; owner is `uid:gid`."""
    user, group = (int(part) for part in owner.split(":"))
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)


def tie_to_parent(signal_number: int, parent: int) -> None:
    """Asks the kernel for the signal when the parent ends; leaves at once if it already has."""
    if not sys.platform.startswith("linux"):
        return
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        sys.exit("launch: the parent ended before its child began")


def main(arguments: list[str]) -> None:
    """Never returns: the process becomes the program."""
    signal_number, parent, owner, *program = arguments
    os.umask(0o077)
    if owner != "-":
        become_user(owner)
    tie_to_parent(int(signal_number), int(parent))
    try:
        os.execv(program[0], program)  # noqa: S606 - the words come from deploy, no shell reads them
    except OSError as problem:
        sys.exit(f"launch: {program[0]}: {problem.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])

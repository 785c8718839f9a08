"""Gives up what a process does not need: the operating system's half of the SQL sandbox. Imports nothing of ours.

Every layer is tried, none is required: `confine_early` and `confine_late` return the names of those that took hold, so
that a host can show what protects it (`python -m warehouse sandbox`). On Linux with a recent kernel all of them hold,
as root and as an ordinary user; in a container without user namespaces `network` and `root-directory` may be missing,
and `landlock` and `system-calls` then do their work; on macOS only `limits` holds.

    confine_early(Caps(memory_bytes=2 << 30, seconds=10), readable=["/data/w.duckdb"])   # before any thread
    …open the file…
    confine_late()                                                                             # for all threads
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

NOBODY = 65534  # uid and gid that own nothing

# prctl(2)
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES, _SET_SECCOMP = 1, 38, 22
# unshare(2)
_NEW_USER, _NEW_NET, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
# landlock(7): the same call numbers on every architecture
_LANDLOCK_CREATE, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_READ_FILE = 1 << 2
_LANDLOCK_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # number of file rights that each ABI knows; 16 from ABI 5
# seccomp(2): what running SQL never needs, by architecture
_REFUSED_CALLS = {
    "x86_64": (
        0xC000003E,
        # socket connect socketpair fork vfork execve kill ptrace mount keyctl unshare perf_event_open setns
        # process_vm_readv process_vm_writev bpf execveat userfaultfd io_uring_setup
        (41, 42, 53, 57, 58, 59, 62, 101, 165, 250, 272, 298, 308, 310, 311, 321, 322, 323, 425),
    ),
    "aarch64": (
        0xC00000B7,
        # mount unshare ptrace kill socket socketpair connect keyctl execve perf_event_open setns process_vm_readv
        # process_vm_writev bpf execveat userfaultfd io_uring_setup
        (40, 97, 117, 129, 198, 199, 203, 219, 221, 241, 268, 270, 271, 280, 281, 282, 425),
    ),
}


@dataclass(frozen=True, slots=True)
class Caps:
    """What the kernel allows the process before it kills it."""

    memory_bytes: int  # address space, the interpreter and DuckDB's code included
    seconds: float  # wall clock
    processors: int = 2  # CPU time is capped at seconds × processors


def confine_early(caps: Caps, readable: Sequence[str]) -> list[str]:
    """Layers that must stand before threads start; afterwards nothing but `readable` and what is below can be read."""
    held = ["limits"] if _limit_resources(caps) else []
    if not sys.platform.startswith("linux"):
        return held
    libc = ctypes.CDLL(None, use_errno=True)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where memory runs out all the same, the kernel takes this process first
    libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    # Only root may leave the network namespace alone; others need a user namespace of their own.
    if libc.unshare((0 if os.geteuid() == 0 else _NEW_USER) | _NEW_NET | _NEW_IPC) == 0:
        held.append("network")
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        if _restrict_files(libc, readable):
            held.append("landlock")
        if _refuse_system_calls(libc):
            held.append("system-calls")
    return held


def confine_late() -> list[str]:
    """Layers that hold for every thread at once, after the file is open: an empty root directory, and no root user."""
    held = []
    with suppress(OSError):
        os.chdir("/proc/self/fdinfo")  # holds numbers of our own open files and nothing else
        os.chroot(".")
        held.append("root-directory")
    if os.getuid() == 0:
        with suppress(OSError):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    if os.getuid() != 0:
        held.append("ordinary-user")
    return held


def _limit_resources(caps: Caps) -> bool:
    def lower(which: int, soft: int) -> None:
        with suppress(ValueError, OSError):  # a lower hard limit stands already
            resource.setrlimit(which, (soft, soft))

    # The alarm's default action ends the process inside any C code, even where the parent is gone or stopped reading.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, caps.seconds)
    lower(resource.RLIMIT_AS, caps.memory_bytes)
    lower(resource.RLIMIT_CPU, int(caps.seconds * caps.processors) + 1)
    lower(resource.RLIMIT_FSIZE, 0)  # no file can grow; pipes still can be written
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_NOFILE, 32)
    return True


def _restrict_files(libc: ctypes.CDLL, readable: Sequence[str]) -> bool:
    """Landlock: no TCP, no abstract socket, no signal to others, and no file but `readable` and below, to read."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    files = (1 << _LANDLOCK_FILE_RIGHTS.get(version, 16)) - 1
    network = 0b11 if version >= 4 else 0  # bind and connect TCP
    scoped = 0b11 if version >= 6 else 0  # abstract sockets, signals
    attributes = struct.pack("=QQQ", files, network, scoped)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path in filter(os.path.exists, readable):
            file = os.open(path, getattr(os, "O_PATH", os.O_RDONLY) | os.O_CLOEXEC)
            rule = struct.pack("=Qi", _LANDLOCK_READ_FILE, file)
            added = libc.syscall(_LANDLOCK_ADD_RULE, ruleset, 1, rule, 0)
            os.close(file)
            if added != 0:
                return False
        return libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _refuse_system_calls(libc: ctypes.CDLL) -> bool:
    """seccomp: sockets, programs, other processes and namespaces answer EPERM; every other call passes."""
    if platform.machine() not in _REFUSED_CALLS:
        return False
    architecture, refused = _REFUSED_CALLS[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
    last = len(refused) + 5  # where `refuse` stands; `allow` stands before it

    def step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
        return struct.pack("=HBBI", code, when_true, when_false, value)

    program = [step(load, 4), step(equal, architecture, 0, last - 2), step(load, 0)]
    program.append(step(at_least, 0x40000000, last - 4, 0))  # x86's other numbering of the same calls
    for call in refused:
        program.append(step(equal, call, last - len(program) - 1, 0))
    program += [step(give, allow), step(give, refuse)]
    buffer = ctypes.create_string_buffer(b"".join(program))
    filters = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    return libc.prctl(_SET_SECCOMP, 2, filters, 0, 0) == 0

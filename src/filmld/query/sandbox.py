"""What a worker process gives up before it looks at anyone's query.

Each of these is a second line: the wall-clock deadline of the parent is the first. Linux
has all of them; elsewhere :func:`enter` says what is missing.
"""

import contextlib
import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

LEAST_PRIORITY = 19

NICENESS = 10
"""How far a long query steps back: it gets about a tenth of what one that is not niced gets."""

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_LOAD_WORD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER_OR_EQUAL, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_OFFSET_OF_NUMBER, _OFFSET_OF_ARCHITECTURE = 0, 4
_X32_BIT = 0x40000000

# AUDIT_ARCH_…, then the numbers of socket, connect, bind, listen, socketpair and
# io_uring_setup (which can open sockets without any of the others).
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 53, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 199, 425)),
}


def enter(parent: int) -> tuple[str, ...]:
    """Give up what answering queries does not need.

    Args:
        parent: The process that this one must not outlive.

    Returns:
        What this system does not offer, in words for a person; the network first.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    missing = []
    if not _refuse_network():
        missing.append(NETWORK)
    if not die_with(parent):
        missing.append("ending together with the server")
    if not _address_space():
        missing.append("a memory limit")
    return tuple(missing)


NETWORK = "keeping queries off the network"
"""What is missing where a worker could reach the network if the guard let SERVICE pass."""


def limit_memory(mib: int) -> None:
    """Allow as much memory again as ``mib`` beyond what is held now: the data is not the query's fault."""
    held = _address_space()
    if held:
        limit = held + mib * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def limit_cpu(seconds: int) -> None:
    """End this process when it has computed that much longer, should nobody else end it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard))


def step_back(thread: int | None) -> None:
    """Let everybody else compute first; on Linux each thread has a priority of its own."""
    target = thread if sys.platform == "linux" and thread else 0
    polite = min(os.getpriority(os.PRIO_PROCESS, target) + NICENESS, LEAST_PRIORITY)
    os.setpriority(os.PRIO_PROCESS, target, polite)


def be_first_to_go() -> None:
    """Let the kernel end this process before others when memory runs out (proc(5), oom_score_adj)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _address_space() -> int:
    """The bytes of address space in use, or 0 where that is unknown."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def die_with(parent: int) -> bool:
    """Ask for SIGKILL when the parent's thread that started us ends."""
    if sys.platform != "linux":
        return False
    done = _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(0)
    return done


def _refuse_network() -> bool:
    """Make every system call that opens a connection fail with EPERM, for good.

    pyoxigraph has no switch for SERVICE. The socket to the parent is open already and is
    read and written with calls that stay allowed.
    """
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    program = _program(*_CALLS[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    header = _FilterProgram(len(program) // 8, ctypes.addressof(code))
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(header)
    )


def _prctl(option: int, first: int, second: int = 0) -> bool:
    """Call prctl(2), and say whether it did what was asked."""
    zero = ctypes.c_ulong(0)
    result: int = ctypes.CDLL(None).prctl(option, ctypes.c_ulong(first), ctypes.c_ulong(second), zero, zero)
    return result == 0


class _FilterProgram(ctypes.Structure):
    """``struct sock_fprog`` of seccomp(2)."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """Write the filter in classic BPF: another architecture is killed, these calls are refused."""
    calls = len(numbers)
    instructions = [
        (_LOAD_WORD, 0, 0, _OFFSET_OF_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD_WORD, 0, 0, _OFFSET_OF_NUMBER),
        (_JUMP_IF_GREATER_OR_EQUAL, calls + 1, 0, _X32_BIT),
        *((_JUMP_IF_EQUAL, calls - index, 0, number) for index, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)

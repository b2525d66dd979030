"""A process held as a hardened unit of systemd is: no new privileges, no memory that is written and
then run, no calls that a service has no use for, no sockets but those of the internet.

    subprocess.Popen(..., preexec_fn=confined.hold)
"""

import ctypes
import errno
import platform
import struct

PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
PR_SET_MDWE = 65
SECCOMP_MODE_FILTER = 2

ALLOW = 0x7FFF0000
FAIL = 0x00050000  # with errno
LOAD = 0x20  # a word of what is known of the call
JUMP_IF_EQUAL = 0x15
RETURN = 0x06
NUMBER, FIRST_ARGUMENT = 0, 16

# Outside @system-service (systemd.exec(5)), on x86-64.
REFUSED = {
    "ptrace": 101, "personality": 135, "pivot_root": 155, "chroot": 161, "mount": 165,
    "umount2": 166, "swapon": 167, "reboot": 169, "init_module": 175, "delete_module": 176,
    "kexec_load": 246, "add_key": 248, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
    "setns": 308, "process_vm_readv": 310, "bpf": 321, "userfaultfd": 323,
}  # fmt: skip
SOCKET = 41
FAMILIES = (1, 2, 10)  # unix, IPv4, IPv6


def program():
    def step(code, value, if_true=0, if_false=0):
        return struct.pack("HBBI", code, if_true, if_false, value)

    steps = [step(LOAD, NUMBER)]
    for number in REFUSED.values():
        steps += [step(JUMP_IF_EQUAL, number, 0, 1), step(RETURN, FAIL | errno.EPERM)]
    steps += [step(JUMP_IF_EQUAL, SOCKET, 1, 0), step(RETURN, ALLOW), step(LOAD, FIRST_ARGUMENT)]
    for family in FAMILIES:
        steps += [step(JUMP_IF_EQUAL, family, 0, 1), step(RETURN, ALLOW)]
    return steps + [step(RETURN, FAIL | errno.EAFNOSUPPORT)]


def is_possible():
    return platform.machine() == "x86_64"


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


STEPS = program()
BYTES = b"".join(STEPS)
LIBC = ctypes.CDLL(None, use_errno=True)


def hold():
    """In the child, before it becomes another program."""
    filled = Program(len(STEPS), BYTES)
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
    LIBC.prctl(PR_SET_MDWE, 1, 0, 0, 0)  # since Linux 6.3
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filled), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")

"""Two network namespaces and the wire between them, which delays, loses and breaks as it is told.

Only within a namespace of users, networks and mounts of one's own (`unshare -Urnm`): `enter()`
begins the program anew in one. This process is on the servers' side, and on it alone; programs
are begun on the other side by `Wire.beyond`.

    with Wire() as wire:
        wire.delay = 0.15                   # seconds, in each direction
        subprocess.run(wire.beyond(["ping", ...]))
"""

import ctypes
import fcntl
import heapq
import os
import random
import selectors
import socket
import struct
import subprocess
import sys
import threading
import time

INSIDE = "SEQLOAD_TESTS_INSIDE"
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
THIS_SIDE = ("10.77.0.2", "10.77.0.3")
OTHER_SIDE = "10.77.0.1"


def enter():
    """Returns only inside. Elsewhere it becomes the same program inside, or says why it cannot."""
    if INSIDE in os.environ:
        return None
    probe = subprocess.run(
        ["unshare", "-Urnm", "sh", "-c", "ip link set lo up && ip tuntap add dev probe mode tun"],
        capture_output=True, text=True)  # fmt: skip
    if probe.returncode != 0:
        return probe.stderr.strip() or "no namespaces"
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", "-Urnm", sys.executable, "-B", *sys.argv])


def ip(*words):
    subprocess.run(["ip", *words], check=True, stdin=subprocess.DEVNULL)


def open_end():
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH22x", b"wire", IFF_TUN | IFF_NO_PI))
    return descriptor


def set_up(*addresses):
    ip("link", "set", "lo", "up")
    for address in addresses:
        ip("addr", "add", address + "/24", "dev", "wire")
    ip("link", "set", "wire", "up")


class Wire:
    def __init__(self, seed=7):
        self.delay = 0.0
        self.loss = 0.0  # the share of packets
        self.is_up = True
        self.carried = 0
        self.lost = 0
        self._chance = random.Random(seed)
        near = open_end()
        set_up(*THIS_SIDE)
        ours, theirs = socket.socketpair()
        self._other = os.fork()
        if self._other == 0:
            self._be_the_other_side(theirs)
        _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        self._ends = (near, descriptors[0])
        self._stop, self._stopped = os.pipe()
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()
        ours.close()
        theirs.close()

    @staticmethod
    def _be_the_other_side(channel):
        try:
            if ctypes.CDLL(None).unshare(CLONE_NEWNET) != 0:
                os._exit(1)
            far = open_end()
            set_up(OTHER_SIDE)
            socket.send_fds(channel, [b"."], [far])
            time.sleep(3600)
        finally:
            os._exit(0)

    def beyond(self, command):
        return ["nsenter", "-t", str(self._other), "-n", *command]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.write(self._stopped, b".")
        self._thread.join()
        os.kill(self._other, 9)
        os.waitpid(self._other, 0)
        for descriptor in (*self._ends, self._stop, self._stopped):
            os.close(descriptor)

    def _carry(self):
        on_the_way = []  # (when it arrives, number, end, packet)
        with selectors.DefaultSelector() as ready:
            for end, descriptor in enumerate(self._ends):
                ready.register(descriptor, selectors.EVENT_READ, 1 - end)
            ready.register(self._stop, selectors.EVENT_READ, None)
            while True:
                wait = on_the_way[0][0] - time.monotonic() if on_the_way else None
                for key, _ in ready.select(None if wait is None else max(wait, 0)):
                    if key.data is None:
                        return
                    self._take(key.fd, key.data, on_the_way)
                while on_the_way and on_the_way[0][0] <= time.monotonic():
                    _, _, end, packet = heapq.heappop(on_the_way)
                    os.write(self._ends[end], packet)

    def _take(self, descriptor, end, on_the_way):
        try:
            packet = os.read(descriptor, 65536)
        except BlockingIOError:
            return
        self.carried += 1
        if not self.is_up or self._chance.random() < self.loss:
            self.lost += 1
            return
        heapq.heappush(on_the_way, (time.monotonic() + self.delay, self.carried, end, packet))

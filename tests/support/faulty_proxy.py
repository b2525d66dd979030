"""A proxy that carries TLS unseen (CONNECT) and breaks connections where a test wants it.

    with FaultyProxy(lambda number: Cut("answer", 5000) if number == 1 else None) as proxy:
        environment["HTTPS_PROXY"] = proxy.url

It sees bytes, not requests: a cut after a few hundred of them is one in the handshake, after some
thousands one in a request or an answer.
"""

import collections
import dataclasses
import select
import socket
import struct
import threading
import time

PORTION = 65536


@dataclasses.dataclass(frozen=True)
class Answer:
    """To CONNECT, instead of a tunnel; then the connection is closed."""

    text: bytes


@dataclasses.dataclass(frozen=True)
class Reset:
    """Before CONNECT was read ("connect"), or after it ("proxy")."""

    stage: str


@dataclasses.dataclass(frozen=True)
class Refuse:
    """This connection is reset, and for so long nobody listens."""

    seconds: float


@dataclasses.dataclass(frozen=True)
class Cut:
    """The tunnel ends after so many bytes of one side ("request" or "answer")."""

    side: str
    after: int
    reset: bool = True


@dataclasses.dataclass(frozen=True)
class Drip:
    """So few bytes of the first ones go through at a time."""

    size: int
    first: int = 3000


class FaultyProxy:
    """On a free port of 127.0.0.1. play(number) tells what becomes of the number-th connection."""

    def __init__(self, play=lambda number: None, credentials=None):
        self.play = play
        self.credentials = credentials  # "Basic …"; whoever does not give them is answered 407
        self.struck = collections.Counter()  # by kind of fault
        self.targets = set()
        self._connections = 0
        self._ending = False
        self._open = set()
        self._threads = []
        self._lock = threading.Lock()
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    @staticmethod
    def _listen(port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        return listener

    def end(self):
        self._ending = True
        # Wakes the listener, which may just be another one.
        while self._accepting.is_alive():
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                pass
            self._accepting.join(0.01)
        with self._lock:
            for each in self._open:
                each.shutdown_quietly()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def _accept(self):
        while not self._ending:
            side = _Side(self._listener.accept()[0])
            if self._ending:
                side.end()
                return
            self._connections += 1
            fault = self.play(self._connections)
            if isinstance(fault, Refuse):
                self.struck["refused"] += 1
                side.end(reset=True)
                self._listener.close()
                time.sleep(fault.seconds)  # the fault itself
                self._listener = self._listen(self.port)
                continue
            thread = threading.Thread(target=self._serve, args=(side, fault))
            self._threads.append(thread)
            thread.start()

    def _serve(self, client, fault):
        server = None
        with self._lock:
            self._open.add(client)
        try:
            if fault == Reset("connect"):
                self._note("reset at connect")
                return client.end(reset=True)
            head = client.read_head()
            self.targets.add(head.split(b" ")[1].decode())
            if fault == Reset("proxy"):
                self._note("reset by the proxy")
                return client.end(reset=True)
            if isinstance(fault, Answer):
                self._note("answered " + fault.text[9:12].decode())
                return client.send(fault.text)
            if self.credentials and f"Proxy-Authorization: {self.credentials}\r\n".encode() not in head:
                self._note("asked for credentials")
                return client.send(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                    b'Proxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n'
                )
            host, _, port = head.split(b" ")[1].decode().rpartition(":")
            server = _Side(socket.create_connection((host.strip("[]"), int(port)), 10))
            with self._lock:
                self._open.add(server)
            client.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._carry(client, server, fault)
        except OSError:
            pass  # one of the two has gone
        finally:
            for side in filter(None, (client, server)):
                with self._lock:
                    self._open.discard(side)
                side.end()

    def _note(self, what):
        with self._lock:
            self.struck[what] += 1

    def _carry(self, client, server, fault):
        counts = {client: 0, server: 0}
        if isinstance(fault, Drip):
            self._note("slow bytes")
        while True:
            for side in select.select([client, server], [], [])[0]:
                other = server if side is client else client
                data = side.socket.recv(PORTION)
                if not data:
                    return
                if isinstance(fault, Cut) and side is (client if fault.side == "request" else server):
                    left = fault.after - counts[side]
                    if len(data) >= left:
                        self._note(f"{'reset' if fault.reset else 'cut'} in the {fault.side}")
                        other.send(data[:left])
                        client.end(fault.reset)
                        server.end(fault.reset)
                        return
                if isinstance(fault, Drip) and counts[side] < fault.first:
                    for at in range(0, len(data), fault.size):
                        other.send(data[at : at + fault.size])
                else:
                    other.send(data)
                counts[side] += len(data)


class _Side:
    def __init__(self, connected):
        self.socket = connected
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ended = False

    def fileno(self):
        return self.socket.fileno()

    def read_head(self):
        head = b""
        while b"\r\n\r\n" not in head:
            portion = self.socket.recv(PORTION)
            if not portion:
                raise ConnectionError("it has gone")
            head += portion
        return head

    def send(self, data):
        self.socket.sendall(data)

    def shutdown_quietly(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def end(self, reset=False):
        if self._ended:
            return
        self._ended = True
        if reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.shutdown_quietly()
        self.socket.close()

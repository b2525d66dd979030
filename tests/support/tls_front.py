"""A TLS front end before a plain server on loopback, at an address of one's choice."""

import select
import socket
import threading


class TlsFront:
    """Listens at once; ends with all its connections at close()."""

    def __init__(self, context, address, port, plain_port):
        self.context = context
        self.plain_port = plain_port
        self.listener = socket.create_server((address, port), reuse_port=True)
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.closed = False
        self.handles = set()  # of connections, to end them by, whoever serves them
        self.threads = []
        self.accepting = threading.Thread(target=self._accept)
        self.accepting.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        with self.lock:
            self.closed = True
            for handle in (self.listener, *self.handles):
                self._end(handle)
        self.accepting.join()
        for thread in self.threads:
            thread.join()
        self.listener.close()

    @staticmethod
    def _end(connection):
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _accept(self):
        while True:
            try:
                raw, _ = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(raw,))
            self.threads.append(thread)
            thread.start()

    def _serve(self, raw):
        with raw, raw.dup() as handle:
            with self.lock:
                if self.closed:
                    return
                self.handles.add(handle)
            try:
                with self.context.wrap_socket(raw, server_side=True) as tls:
                    with socket.create_connection(("127.0.0.1", self.plain_port)) as plain:
                        self._pump(tls, plain)
            except OSError:
                pass
            finally:
                with self.lock:
                    self.handles.discard(handle)

    @staticmethod
    def _pump(tls, plain):
        while True:
            ready = [tls] if tls.pending() else select.select([tls, plain], [], [])[0]
            for side in ready:
                portion = side.recv(65536)
                if not portion:
                    return
                (plain if side is tls else tls).sendall(portion)

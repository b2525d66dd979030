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
        self.sockets = set()
        self.threads = [threading.Thread(target=self._accept)]
        self.threads[0].start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._end(self.listener)
        for each in list(self.sockets):
            self._end(each)
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
        self.sockets.add(raw)
        try:
            with self.context.wrap_socket(raw, server_side=True) as tls:
                self.sockets.add(tls)
                with socket.create_connection(("127.0.0.1", self.plain_port)) as plain:
                    self._pump(tls, plain)
                self.sockets.discard(tls)
        except OSError:
            pass
        finally:
            self.sockets.discard(raw)

    @staticmethod
    def _pump(tls, plain):
        while True:
            ready = [tls] if tls.pending() else select.select([tls, plain], [], [])[0]
            for side in ready:
                portion = side.recv(65536)
                if not portion:
                    return
                (plain if side is tls else tls).sendall(portion)

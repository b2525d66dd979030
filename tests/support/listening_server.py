"""A TLS server that writes down whatever comes in: the bytes on the wire and what is in them.

    with ListeningServer(context) as server:
        ...
        server.heard     # decrypted; empty if no handshake came to its end
"""

import socket
import ssl
import threading

ANSWER = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


def tls_server(certificate, weak=False, version=None):
    """weak: takes keys and versions that it should not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if weak:
        context.set_ciphers("ALL:@SECLEVEL=0")
    if version is not None:
        context.minimum_version = context.maximum_version = version
    context.load_cert_chain(certificate)
    return context


class ListeningServer:
    """answer: what each request is answered with."""

    def __init__(self, context, answer=ANSWER):
        self.context = context
        self.answer = answer
        self.wire = b""
        self.heard = b""
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self.thread.join()
        self.socket.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                connection.settimeout(10)
                try:
                    self._talk(connection)
                except (OSError, EOFError):
                    pass

    def _talk(self, connection):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = self.context.wrap_bio(incoming, outgoing, server_side=True)

        def until_done(step):
            while True:
                try:
                    return step()
                except ssl.SSLWantReadError:
                    connection.sendall(outgoing.read())
                    portion = connection.recv(65536)
                    if not portion:
                        raise EOFError from None
                    self.wire += portion
                    incoming.write(portion)
                except ssl.SSLError:
                    connection.sendall(outgoing.read())
                    raise

        until_done(tls.do_handshake)
        while b"\r\n\r\n" not in self.heard:
            self.heard += until_done(lambda: tls.read(65536))
        tls.write(self.answer)
        connection.sendall(outgoing.read())

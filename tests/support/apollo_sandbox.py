"""The sandbox as a program, for tests in Python: started on a free port, ended by its process id.

    with Sandbox(program, "--data", "world.json") as sandbox:
        answer = sandbox.add(SEQUENCE, [contact(1)], MAILBOX)
        ledger = sandbox.ledger()
"""

import http.client
import json
import os
import re
import select
import shlex
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse

START_SECONDS = 120  # a sanitized build on a busy machine

WELCOME = "66e9e215ece19801b2199901"
ROBIN = "6633baaece5fbd01c791d701"


def contact(number, prefix="66f0000000000000"):
    """The id of contact number of a generated block (samples/README.md)."""
    return f"{prefix}{number:08x}"


class Answer:
    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields  # lower-case names
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


class Sandbox:
    """A running sandbox, and a client with one connection kept alive."""

    def __init__(self, program, *arguments, world=None, faults=None, other_use=None, port=0):
        self.folder = tempfile.TemporaryDirectory(prefix="sandbox-test-")
        command = [str(program), "--port", str(port), *map(str, arguments)]
        for option, value in (
            ("--data", world),
            ("--faults", faults),
            ("--other-use", other_use),
        ):
            if value is not None:
                path = os.path.join(self.folder.name, option[2:] + ".json")
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(value, file)
                command += [option, path]
        self.errors = open(os.path.join(self.folder.name, "stderr"), "w+b")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.errors, stdin=subprocess.DEVNULL
        )
        self.environment = {}  # what it prints for seqload
        self.plain_port = None
        self.last_words = None  # what stood on stderr at the end
        self._connection = None
        try:
            self._wait_until_ready()
        except BaseException:
            self.end()
            raise
        url = urllib.parse.urlsplit(self.environment["SEQLOAD_API_URL"])
        self.port = url.port
        self.address = "127.0.0.1" if url.hostname == "localhost" else url.hostname
        self.tls = ssl.create_default_context(cafile=self.environment["SEQLOAD_CA_FILE"])
        # Some versions of Python set it: a connection that was cut would look like one
        # that was closed.
        self.tls.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
        self.key = self.environment["APOLLO_API_KEY"]

    def _wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        text = b""
        while b"# ready" not in text:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise AssertionError(f"the sandbox did not start: {text!r}")
            portion = os.read(self.process.stdout.fileno(), 65536)
            if not portion:
                raise AssertionError(f"the sandbox ended: {self.process.wait()}, {self.stderr()}")
            text += portion
        self.output = text.decode()
        for line in self.output.splitlines():
            if line.startswith("export "):
                name, value = line[len("export ") :].split("=", 1)
                self.environment[name] = shlex.split(value)[0]
        plain = re.search(r"^# plain HTTP: http://[^:]+:(\d+)$", self.output, re.MULTILINE)
        if plain:
            self.plain_port = int(plain[1])

    def stderr(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def end(self, how=signal.SIGTERM):
        """Ends it and returns its exit code; once it has ended, the code only."""
        if self.errors.closed:
            return self.process.returncode
        if self._connection:
            self._connection.close()
            self._connection = None
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(60)
        self.last_words = self.stderr()
        self.process.stdout.close()
        self.errors.close()
        self.folder.cleanup()
        return code

    def end_well(self):
        """Ends it, and is not content with less than exit code 0 and silence on stderr."""
        code = self.end()
        if code != 0 or self.last_words:
            raise AssertionError(f"the sandbox ended with {code}: {self.last_words}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.end_well()
        else:
            self.end()

    # Connections

    def connect(self, timeout=60):
        """A TLS socket of its own."""
        raw = socket.create_connection((self.address, self.port), timeout)
        return self.tls.wrap_socket(
            raw, server_hostname="localhost", suppress_ragged_eofs=False
        )

    def ask(self, method, target, body=None, headers=None):
        """One request on the connection that is kept; the Answer."""
        if self._connection is None:
            self._connection = http.client.HTTPSConnection(
                self.address, self.port, context=self.tls, timeout=60
            )
        fields = {"x-api-key": self.key} if headers is None else headers
        try:
            self._connection.request(method, target, body, fields)
            response = self._connection.getresponse()
            data = response.read()
        except BaseException:
            self._connection.close()
            self._connection = None
            raise
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, data)

    # Words for what tests do all the time

    @staticmethod
    def add_target(sequence, contacts, mailbox=ROBIN, **more):
        parameters = [("emailer_campaign_id", sequence)]
        parameters += [("contact_ids[]", each) for each in contacts]
        parameters += [("send_email_from_email_account_id", mailbox), *more.items()]
        query = urllib.parse.urlencode(parameters)
        return f"/api/v1/emailer_campaigns/{sequence}/add_contact_ids?{query}"

    def add(self, sequence, contacts, mailbox=ROBIN, **more):
        return self.ask("POST", self.add_target(sequence, contacts, mailbox, **more))

    def ledger(self, query=""):
        return self.ask("GET", f"/sandbox/ledger{query}").json

    def requests(self, asked=False, route=None):
        """Every request, or those to one route; asked: with the ids that each was about."""
        query = urllib.parse.urlencode(
            {**({"asked": "true"} if asked else {}), **({"route": route} if route else {})}
        )
        return self.ask("GET", f"/sandbox/requests?{query}").json["requests"]

    def other_use(self):
        """What other tools have done to the quota so far."""
        return self.ask("GET", "/sandbox/requests").json["other_use"]

    def spend(self, requests, route="add_contact_ids"):
        """Another tool sends so many requests at once; how many were spent and refused."""
        body = json.dumps({"route": route, "requests": requests})
        answer = self.ask("POST", "/sandbox/spend", body)
        assert answer.status == 200, answer.body
        return answer.json

    def set_faults(self, faults):
        answer = self.ask("POST", "/sandbox/faults", json.dumps(faults))
        assert answer.status == 200, answer.body

    def reset(self):
        assert self.ask("POST", "/sandbox/reset").status == 200

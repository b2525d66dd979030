#!/usr/bin/env python3
"""Between seqload and Apollo: what others wrote. nginx and HAProxy as TLS front ends, tinyproxy as a
proxy, each as Debian has it; what is not installed is skipped (config/install-deps.sh all).

    front_ends_test.py SEQLOAD APOLLO_SANDBOX [unittest arguments]
"""

import pathlib
import shutil
import socket
import subprocess
import sys
import time
import unittest

import end_to_end_test as base
from end_to_end_test import EndToEnd, sequence, small_world

import skipping
from certificates import Authority

ROWS = 400

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  keepalive_requests 3;
  gzip on;
  gzip_types application/json;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {certificate};
    ssl_certificate_key {certificate};
    location / {{ proxy_pass http://127.0.0.1:{plain}; }}
  }}
}}
"""

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout http-keep-alive 50ms
frontend front
  bind 127.0.0.1:{port} ssl crt {certificate} alpn h2,http/1.1 ssl-min-ver TLSv1.2
  default_backend sandbox
backend sandbox
  server sandbox 127.0.0.1:{plain}
"""

TINYPROXY = """
Port {port}
Listen 127.0.0.1
Timeout 60
LogFile "{folder}/tinyproxy.log"
LogLevel Connect
BasicAuth seqload a-password
"""


def program(name):
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Others(EndToEnd):
    def begin(self, name, configuration, arguments, **values):
        """The program with that configuration, once it listens; its port."""
        path = program(name)
        if not path:
            self.skipTest(f"{name} is not installed (config/install-deps.sh all)")
        port = free_port()
        file = self.folder / f"{name}.conf"
        file.write_text(configuration.format(folder=self.folder, port=port, **values))
        log = open(self.folder / f"{name}.errors", "wb")
        self.addCleanup(log.close)
        process = subprocess.Popen([path, *(each.format(file=file, folder=self.folder)
                                            for each in arguments)],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return port
            except OSError:
                self.assertIsNone(process.poll(), (self.folder / f"{name}.errors").read_text())
                time.sleep(0.01)

    def assert_whole(self, outcome, sandbox):
        self.assertEqual(outcome.code, 0, outcome.stderr)
        self.assertEqual(outcome.count(status="added"), ROWS)
        self.assert_report_agrees(outcome, self.ledger(sandbox))


class FrontEnds(Others):
    def load_through(self, name, configuration, arguments):
        sandbox = self.sandbox("--limits", "unlimited", "--plain-port", "0", world=small_world(ROWS))
        authority = Authority(self.folder)
        port = self.begin(name, configuration, arguments, plain=sandbox.plain_port,
                          certificate=authority.server("front"))
        environment = self.environment(sandbox, SEQLOAD_API_URL=f"https://localhost:{port}",
                                       SEQLOAD_CA_FILE=str(authority.certificate))  # fmt: skip
        return sandbox, lambda *more: self.load(
            *more, self.contacts(ROWS, of=sequence(0)), environment=environment)

    def test_nginx_that_ends_a_connection_after_every_third_request(self):
        sandbox, load = self.load_through("nginx", NGINX, ["-c", "{file}", "-p", "{folder}", "-e",
                                                           "{folder}/nginx.log"])  # fmt: skip
        self.assert_whole(load("--batch-size", "20"), sandbox)

    def test_nginx_takes_the_longest_request_that_is_made(self):
        sandbox, load = self.load_through("nginx", NGINX, ["-c", "{file}", "-p", "{folder}", "-e",
                                                           "{folder}/nginx.log"])  # fmt: skip
        outcome = load("--batch-size", "1000")
        self.assert_whole(outcome, sandbox)
        self.assertLess(outcome.summary["requests"]["sent"], 6)

    def test_haproxy_that_lets_idle_connections_go_at_once(self):
        sandbox, load = self.load_through("haproxy", HAPROXY, ["-db", "-f", "{file}"])
        self.assert_whole(load("--batch-size", "20"), sandbox)


class Proxies(Others):
    def setUp(self):
        super().setUp()
        self.port = self.begin("tinyproxy", TINYPROXY, ["-d", "-c", "{file}"])
        self.api = self.sandbox("--time-scale", "100", world=small_world(ROWS))

    def load_as(self, user):
        environment = self.environment(
            self.api, HTTPS_PROXY=f"http://{user}@127.0.0.1:{self.port}")  # fmt: skip
        return self.load("--give-up-after", "5s", self.contacts(ROWS, of=sequence(0)),
                         environment=environment)

    def test_tinyproxy_that_is_told_the_password_carries_everything(self):
        self.assert_whole(self.load_as("seqload:a-password"), self.api)
        self.assertIn("CONNECT localhost", (self.folder / "tinyproxy.log").read_text())

    def test_tinyproxy_that_is_told_a_wrong_one_is_named_and_the_password_is_not(self):
        outcome = self.load_as("seqload:another-word")
        self.assertEqual(outcome.code, 5, outcome.stderr)
        self.assertRegex(outcome.stderr, rb"proxy 127\.0\.0\.1:\d+: answered 40[17]")
        self.assertNotIn(b"another-word", outcome.stderr)
        self.assertEqual(self.ledger(self.api), {})


if __name__ == "__main__":
    base.SEQLOAD, base.SANDBOX = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    skipping.main(argv=[sys.argv[0], *sys.argv[3:]])

#!/usr/bin/env python3
"""apollo-sandbox as a program: what it prints, serves, keeps and leaves behind.

    program_test.py APOLLO_SANDBOX
"""

import concurrent.futures
import gzip
import http.client
import json
import math
import os
import pathlib
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from apollo_sandbox import ROBIN, WELCOME, Sandbox, contact

PROGRAM = "apollo-sandbox"  # set from the command line
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120)


class CommandLine(unittest.TestCase):
    def test_help_tells_of_options_and_faults(self):
        shown = run("--help")
        self.assertFalse([line for line in shown.stdout.splitlines() if len(line) > 80])
        self.assertEqual(shown.returncode, 0)
        for word in ("--port", "--data", "--cert-dir", "--plan", "--time-scale", "--faults",
                     "--seed", "--limits", "--other-use", "/sandbox/ledger", "/sandbox/spend", "gzip_bomb"):  # fmt: skip
            self.assertIn(word, shown.stdout)

    def test_version_is_one_line(self):
        shown = run("--version")
        self.assertEqual(shown.returncode, 0)
        self.assertRegex(shown.stdout, r"^apollo-sandbox \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_told_with_code_2(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder, "bad.json")
            bad.write_text('[{"kind": "tornado"}]')
            for arguments, told in [
                (["--plan", "golden"], "golden"),
                (["--limits", "many"], "--limits"),
                (["--port", "70000"], "70000"),
                (["--prot", "1"], "--prot"),
                (["--host", "192.0.2.1"], "not a loopback address"),
                (["--host", "example.com"], "not a loopback address"),
                (["--data", f"{folder}/none.json"], "none.json: cannot be read"),
                (["--data", str(bad)], "bad.json: an object is expected here"),
                (["--faults", str(bad)], "there is no fault 'tornado'"),
                (["--other-use", f"{folder}/none.json"], "none.json: cannot be read"),
                (["--other-use", str(bad)], "kind"),
            ]:
                with self.subTest(arguments):
                    ended = run(*arguments)
                    self.assertEqual(ended.returncode, 2, ended.stderr)
                    self.assertIn(told, ended.stderr)
                    self.assertEqual(ended.stdout, "")

    def test_a_port_in_use_is_told_with_code_6(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            ended = run("--port", str(taken.getsockname()[1]))
        self.assertEqual(ended.returncode, 6)
        self.assertIn("cannot listen", ended.stderr)


class Life(unittest.TestCase):
    def test_it_prints_the_environment_of_seqload_and_ends_on_either_signal(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(how):
                sandbox = Sandbox(PROGRAM, "--time-scale", "60")
                self.assertRegex(
                    sandbox.output,
                    r"^export SEQLOAD_API_URL=https://localhost:\d+\n"
                    r"export SEQLOAD_CA_FILE=/.*/ca\.pem\n"
                    r"export APOLLO_API_KEY=sandbox-master-key\n"
                    r"export SEQLOAD_TIME_SCALE=60\n# ready: 3 sequences, 10,000 contacts; .*\n$",
                )
                directory = os.path.dirname(sandbox.environment["SEQLOAD_CA_FILE"])
                self.assertEqual(sandbox.ask("GET", "/api/v1/labels").status, 200)
                self.assertEqual(sandbox.end(how), 0)
                self.assertFalse(os.path.exists(directory))

    def test_a_certificate_directory_is_kept_and_used_again(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder, "with 'quotes' and spaces")
            authorities = []
            for _ in range(2):
                with Sandbox(PROGRAM, "--cert-dir", place) as sandbox:
                    self.assertEqual(sandbox.environment["SEQLOAD_CA_FILE"], str(place / "ca.pem"))
                    self.assertEqual(sandbox.ask("GET", "/api/v1/labels").status, 200)
                authorities.append((place / "ca.pem").read_bytes())
            self.assertEqual(authorities[0], authorities[1])
            self.assertEqual(stat.S_IMODE((place / "ca-key.pem").stat().st_mode), 0o600)

    def test_it_serves_loopback_only_on_both_addresses(self):
        with Sandbox(PROGRAM) as sandbox:
            for address in ("127.0.0.1", "::1"):
                try:
                    raw = socket.create_connection((address, sandbox.port), 30)
                except OSError:
                    self.assertEqual(address, "::1")  # not every machine has it
                    continue
                with sandbox.tls.wrap_socket(raw, server_hostname=address) as secure:
                    self.assertIsNotNone(secure.getpeercert())

    def test_a_plain_port_answers_the_same(self):
        with Sandbox(PROGRAM, "--plain-port", "0") as sandbox:
            plain = http.client.HTTPConnection("127.0.0.1", sandbox.plain_port, timeout=60)
            plain.request("GET", "/api/v1/labels", headers={"x-api-key": sandbox.key})
            self.assertEqual(plain.getresponse().read(), sandbox.ask("GET", "/api/v1/labels").body)
            plain.close()


class Wire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox(PROGRAM, "--limits", "unlimited")
        cls.addClassCleanup(cls.sandbox.end_well)

    def setUp(self):
        self.sandbox.reset()

    def test_an_unknown_authority_is_not_trusted(self):
        stranger = ssl.create_default_context()
        with self.assertRaises(ssl.SSLCertVerificationError):
            with socket.create_connection(("127.0.0.1", self.sandbox.port), 30) as raw:
                stranger.wrap_socket(raw, server_hostname="localhost")

    def test_tls_1_1_is_refused_1_2_and_1_3_are_not(self):
        for version, works in [
            (ssl.TLSVersion.TLSv1_1, False),
            (ssl.TLSVersion.TLSv1_2, True),
            (ssl.TLSVersion.TLSv1_3, True),
        ]:
            with self.subTest(version), socket.create_connection(
                ("127.0.0.1", self.sandbox.port), 30
            ) as raw:
                context = ssl.create_default_context(
                    cafile=self.sandbox.environment["SEQLOAD_CA_FILE"]
                )
                context.set_ciphers("DEFAULT:@SECLEVEL=0")
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", DeprecationWarning)
                    context.minimum_version = context.maximum_version = version
                if works:
                    context.wrap_socket(raw, server_hostname="localhost").close()
                else:
                    with self.assertRaises((ssl.SSLError, ConnectionError)):
                        context.wrap_socket(raw, server_hostname="localhost")

    def test_a_session_is_resumed_by_its_ticket(self):
        context = ssl.create_default_context(cafile=self.sandbox.environment["SEQLOAD_CA_FILE"])
        request = b"GET /sandbox/ledger HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        session = None
        for reused in (False, True):
            raw = socket.create_connection(("127.0.0.1", self.sandbox.port), 30)
            with context.wrap_socket(raw, server_hostname="localhost", session=session) as secure:
                secure.sendall(request)
                while secure.recv(65536):
                    pass
                self.assertEqual(secure.session_reused, reused)
                session = secure.session

    def test_many_requests_go_over_one_connection(self):
        for number in range(50):
            self.sandbox.add(WELCOME, [contact(number)])
        records = self.sandbox.requests()
        self.assertEqual(len(records), 50)
        self.assertEqual(len({record["connection"] for record in records}), 1)
        self.assertTrue(all(record["whole"] for record in records))

    def test_many_connections_at_once_add_everyone_once(self):
        def load(first):
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.sandbox.port, context=self.sandbox.tls, timeout=60
            )
            named = 0
            for number in range(first, first + 500, 50):
                ids = [contact(each) for each in range(number, number + 50)]
                connection.request(
                    "POST", Sandbox.add_target(WELCOME, ids), headers={"x-api-key": self.sandbox.key}
                )
                named += len(json.loads(connection.getresponse().read())["contacts"])
            connection.close()
            return named

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(sum(pool.map(load, range(0, 4000, 500))), 4000)
        ledger = self.sandbox.ledger()
        self.assertEqual(ledger["totals"]["added"], 4000)
        contacts = ledger["sequences"][WELCOME]["contacts"]
        self.assertEqual(set(contacts), {contact(number) for number in range(4000)})
        self.assertEqual({each["added"] for each in contacts.values()}, {1})

    def test_gzip_is_used_when_asked_for(self):
        target = Sandbox.add_target(WELCOME, [contact(number) for number in range(100)])
        fields = {"x-api-key": self.sandbox.key, "accept-encoding": "br;q=1.0, gzip;q=0.8"}
        answer = self.sandbox.ask("POST", target, headers=fields)
        self.assertEqual(answer.fields["content-encoding"], "gzip")
        self.assertEqual(len(json.loads(gzip.decompress(answer.body))["contacts"]), 100)
        fields["accept-encoding"] = "gzip;q=0"
        self.assertNotIn(
            "content-encoding", self.sandbox.ask("POST", target, headers=fields).fields
        )

    def test_a_target_of_8192_bytes_is_the_longest(self):
        target = Sandbox.add_target(WELCOME, [contact(1)])
        padded = target + "&x=" + "y" * (8192 - len(target) - 3)
        self.assertEqual(self.sandbox.ask("POST", padded).status, 200)
        refused = self.sandbox.ask("POST", padded + "y")
        self.assertEqual(refused.status, 414)
        self.assertIn("text/html", refused.fields["content-type"])
        self.assertEqual(len(self.sandbox.requests()), 1)

    def test_a_body_may_have_8_mib_and_a_header_block_64_kib(self):
        target = f"/api/v1/emailer_campaigns/{WELCOME}/add_contact_ids"
        body = json.dumps(
            {
                "id": WELCOME,
                "emailer_campaign_id": WELCOME,
                "send_email_from_email_account_id": [ROBIN],
                "contact_ids": [contact(number) for number in range(5000)],
            }
        )
        self.assertEqual(len(self.sandbox.ask("POST", target, body).json["contacts"]), 5000)
        largest = body + " " * (8 * 1024 * 1024 - len(body))
        self.assertEqual(self.sandbox.ask("POST", target, largest).status, 200)
        self.assertEqual(self.sandbox.ask("POST", target, largest + " ").status, 413)
        fields = {"x-api-key": self.sandbox.key, "x-filler": "y" * 70_000}
        self.assertEqual(self.sandbox.ask("GET", "/api/v1/labels", headers=fields).status, 431)

    def test_a_client_that_expects_100_continue_is_told_to_go_on(self):
        with self.sandbox.connect() as secure:
            secure.sendall(
                b"POST /api/v1/labels HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                b"x-api-key: " + self.sandbox.key.encode() + b"\r\nContent-Length: 32\r\n\r\n"
            )
            self.assertEqual(secure.recv(65536), b"HTTP/1.1 100 Continue\r\n\r\n")
            secure.sendall(b'{"name":"N","modality":"contact"')
            self.assertTrue(secure.recv(65536).startswith(b"HTTP/1.1 400 "))

    def test_what_is_no_http_is_answered_400(self):
        with self.sandbox.connect() as secure:
            secure.sendall(b"how do you do\r\n\r\n")
            self.assertTrue(secure.recv(65536).startswith(b"HTTP/1.1 400 "))

    def test_a_client_that_leaves_in_the_middle_of_everything_does_no_harm(self):
        request = Sandbox.add_target(WELCOME, [contact(number) for number in range(100)])
        whole = (
            f"POST {request} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {self.sandbox.key}\r\n"
            "Content-Length: 0\r\n\r\n"
        ).encode()
        for cut in (0, 1, 100, len(whole) - 1, len(whole)):
            secure = self.sandbox.connect()
            secure.sendall(whole[:cut])
            secure.close()
        raw = socket.create_connection(("127.0.0.1", self.sandbox.port), 30)
        raw.sendall(b"\x16\x03\x01 no handshake")
        raw.close()
        self.assertEqual(self.sandbox.add(WELCOME, [contact(200)]).status, 200)


class Time(unittest.TestCase):
    def test_windows_pass_in_virtual_time_and_retry_after_is_kept(self):
        scale = 120
        with Sandbox(PROGRAM, "--limits", "3/0/0", "--time-scale", scale) as sandbox:
            for number in range(3):
                self.assertEqual(sandbox.add(WELCOME, [contact(number)]).status, 200)
            refused = sandbox.add(WELCOME, [contact(3)])
            self.assertEqual(refused.status, 429)
            wait = int(refused.fields["retry-after"])
            self.assertLessEqual(wait, 60)
            self.assertEqual(refused.fields["x-rate-limit-hourly"], "")
            # Asked again and again: it is refused until the window ends, and no longer.
            while sandbox.add(WELCOME, [contact(3)]).status == 429:
                time.sleep(1 / scale)
            records = sandbox.requests()
            opened, refused_at = (records[at]["virtual_seconds"] for at in (0, 3))
            passed = records[-1]["virtual_seconds"]
            last_refused = records[-2]["virtual_seconds"]
            self.assertEqual(wait, math.ceil(opened + 60 - refused_at))
            self.assertGreaterEqual(passed, opened + 60)
            self.assertLess(last_refused, opened + 60)
            self.assertTrue(all(record["refused_by"] == "minute" for record in records[3:-1]))

    def test_other_tools_use_the_quota_at_their_own_times(self):
        others = [{"requests": 4}, {"route": "list_labels", "at": 3600, "requests": 9}]
        with Sandbox(PROGRAM, "--limits", "10/0/0", other_use=others) as sandbox:
            self.assertEqual(sandbox.add(WELCOME, [contact(1)]).fields["x-minute-usage"], "5")
            self.assertEqual(sandbox.spend(7), {"spent": 5, "refused": 2})
            self.assertEqual(sandbox.add(WELCOME, [contact(2)]).status, 429)
            self.assertEqual(sandbox.spend(3, "list_labels"), {"spent": 3, "refused": 0})
            labels = sandbox.ask("GET", "/api/v1/labels")
            self.assertEqual(labels.fields["x-minute-usage"], "4")
            self.assertEqual(
                [(use["route"], use["requests"], use["refused"]) for use in sandbox.other_use()],
                [("add_contact_ids", 4, 0), ("add_contact_ids", 7, 2), ("list_labels", 3, 0)],
            )

    def test_the_record_agrees_with_what_the_client_saw(self):
        with Sandbox(PROGRAM, "--limits", "3/5/0", "--time-scale", 600) as sandbox:
            statuses = []
            while statuses.count(200) < 5:
                statuses.append(sandbox.add(WELCOME, [contact(1)]).status)
            records = sandbox.requests(route="add_contact_ids")
        self.assertEqual([record["status"] for record in records], statuses)
        for record in records:
            self.assertLessEqual(record["virtual_ms"], record["decided_ms"])
            self.assertLessEqual(record["decided_ms"], record["answered_ms"])
            for name, length in (("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000)):
                window = record["windows"][name]
                inside = [
                    other
                    for other in records
                    if other["counted"]
                    and window["opened_ms"] <= other["decided_ms"] <= record["decided_ms"]
                ]
                self.assertEqual(window["used"], len(inside))
                self.assertLess(record["decided_ms"] - window["opened_ms"], length)

    def test_latency_may_be_real_or_virtual(self):
        faults = [
            {"kind": "latency", "ms": 300, "nth": 1},
            {"kind": "latency", "virtual_ms": 30_000, "nth": 2, "when": "before"},
        ]
        with Sandbox(PROGRAM, "--time-scale", 100, faults=faults) as sandbox:
            for _ in range(2):
                began = time.monotonic()
                self.assertEqual(sandbox.add(WELCOME, [contact(1)]).status, 200)
                self.assertGreaterEqual(time.monotonic() - began, 0.3)


class LargeWorlds(unittest.TestCase):
    def test_a_million_generated_contacts_take_little_memory(self):
        world = {
            "generate_sequences": {"prefix": "77e9000000000000", "count": 500},
            "mailboxes": [{"id": ROBIN, "email": "robin@example.com"}],
            "generate": {"count": 1_000_000},
        }
        with Sandbox(PROGRAM, "--limits", "unlimited", world=world) as sandbox:
            sequence = contact(499, "77e9000000000000")
            answer = sandbox.add(sequence, [contact(999_999), contact(1_000_000)])
            self.assertEqual([each["id"] for each in answer.json["contacts"]], [contact(999_999)])
            self.assertEqual(
                answer.json["skipped_contact_ids"], {contact(1_000_000): "contact_not_found"}
            )
            status = pathlib.Path(f"/proc/{sandbox.process.pid}/status").read_text()
            peak = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
            if "asan" not in subprocess.run(
                ["ldd", PROGRAM], capture_output=True, text=True
            ).stdout:
                self.assertLess(peak, 100_000)  # KiB

    def test_the_samples_are_a_world_and_its_faults(self):
        with Sandbox(
            PROGRAM, "--data", SAMPLES / "world.json", "--faults", SAMPLES / "faults.json"
        ) as sandbox:
            ledger = sandbox.ledger()
            self.assertEqual(ledger["totals"]["added"], 0)
            self.assertEqual(sandbox.key, "sandbox-master-key")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PROGRAM = sys.argv.pop(1)
    unittest.main()

#!/usr/bin/env python3
"""How many requests a second `seqload load` sends and settles, beside wrk, which parses nothing.

    https_speed.py SEQLOAD SANDBOX [--requests N] [--rounds N] [--connections 1,4,16]

The server is apollo-sandbox without a quota. For full-size answers (100 contacts of 3.5 KB) and for
minimal ones (their ids), and for each number of connections, wrk and seqload take turns; both ask the
same: 100 contacts a request that nobody has asked for yet, gzip accepted. What wrk reaches is the
server's own ceiling. seqload's time is that of the whole program: reading the rows twice, state on
disk, answers parsed, reports written.

Prints the best of all rounds, and ends with code 1 if an answer is wrong: each contact must have been
added once, by the word of the sandbox, of seqload's summary and of its report.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path

import measuring
from measuring import ROWS_PER_REQUEST, demand

HERE = Path(__file__).resolve().parent
GOALS = {"full": 0.70, "minimal": 0.50}  # of wrk's rate, at 16 connections


class Contest:
    """The best that either reached."""

    def __init__(self):
        self.wrk_rate = self.seqload_rate = 0.0
        self.wrk_cpu = self.seqload_cpu = self.server_cpu = float("inf")

    def row(self, kind, connections):
        return [kind, connections, f"{self.wrk_rate:.0f}", f"{self.seqload_rate:.0f}",
                f"{self.seqload_rate / self.wrk_rate:.2f}", f"{self.seqload_cpu:.2f}",
                f"{self.wrk_cpu:.2f}", f"{self.server_cpu:.2f}"]

    def take_wrk(self, sandbox, connections, seconds):
        sandbox.reset()
        path = f"/api/v1/emailer_campaigns/{measuring.sequence(0)}/add_contact_ids"
        query = (f"emailer_campaign_id={measuring.sequence(0)}"
                 f"&send_email_from_email_account_id={measuring.MAILBOX}")
        before = measuring.cpu_seconds(sandbox.process.pid)
        done = measuring.run(
            ["wrk", "--threads", 1, "--connections", connections, "--duration", f"{seconds}s",
             "--timeout", "60s", "--header", f"x-api-key: {sandbox.key}",
             "--header", "accept: application/json", "--header", "accept-encoding: gzip",
             "--script", HERE / "additions.lua", sandbox.environment["SEQLOAD_API_URL"], "--",
             path, query, measuring.CONTACT_PREFIX, ROWS_PER_REQUEST])
        server = measuring.cpu_seconds(sandbox.process.pid) - before
        told = json.loads(done.output.splitlines()[-1])
        requests = told["requests"]
        demand(told["refused"] == 0 and told["lost"] == 0, f"wrk was told {told}")
        added = sandbox.ledger("?contacts=false")["totals"]["added"]
        on_the_way = added - requests * ROWS_PER_REQUEST  # when the time was up
        demand(0 <= on_the_way <= connections * ROWS_PER_REQUEST,
               f"wrk made {requests} requests and the sandbox added {added} contacts")
        self.wrk_rate = max(self.wrk_rate, requests / told["seconds"])
        self.wrk_cpu = min(self.wrk_cpu, done.cpu / requests * 1000)
        self.server_cpu = min(self.server_cpu, server / requests * 1000)

    def take_seqload(self, seqload, sandbox, rows_file, requests, connections):
        with tempfile.TemporaryDirectory(dir=os.path.dirname(rows_file)) as folder:
            done, _ = measuring.load(seqload, sandbox, rows_file, folder,
                                     requests * ROWS_PER_REQUEST, "--connections", connections)
        self.seqload_rate = max(self.seqload_rate, requests / done.wall)
        self.seqload_cpu = min(self.seqload_cpu, done.cpu / requests * 1000)


def contests_of(kind, options, folder):
    # Minimal answers cost a tenth, so ten times as many make the program's start and end as small.
    requests = options.requests * (1 if kind == "full" else 10)
    rows_file = os.path.join(folder, f"{kind}.csv")
    measuring.write_rows(rows_file, requests * ROWS_PER_REQUEST)
    contests = {connections: Contest() for connections in options.connections}
    most = 8_000_000  # more than wrk gets through
    with measuring.unlimited_sandbox(options.sandbox, most, minimal=kind == "minimal") as sandbox:
        for _ in range(options.rounds):
            for connections, contest in contests.items():
                contest.take_wrk(sandbox, connections, options.seconds)
                contest.take_seqload(options.seqload, sandbox, rows_file, requests, connections)
    return contests


def main():
    parser = measuring.parser_of(__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="of full answers; minimal: tenfold")
    parser.add_argument("--seconds", type=int, default=4, help="of each of wrk's rounds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=lambda text: [int(part) for part in text.split(",")],
                        default=[1, 4, 16])
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=list(GOALS))
    options = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is missing: config/install-deps.sh bench")

    rows = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for kind in options.kinds:
            rows += [contest.row(kind, connections)
                     for connections, contest in contests_of(kind, options, folder).items()]
    print(measuring.table(
        ["answers", "connections", "wrk, requests/s", "seqload, requests/s", "ratio",
         "seqload, CPU s per 1,000", "wrk, CPU s per 1,000", "sandbox, CPU s per 1,000"], rows))
    print(f"\nGoals at 16 connections: {GOALS}. Best of {options.rounds}; {measuring.where_it_ran()}.")


if __name__ == "__main__":
    main()

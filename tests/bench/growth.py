#!/usr/bin/env python3
"""How time and memory grow with the rows: plan, load and report, at powers of ten.

    growth.py SEQLOAD SANDBOX [--plan-to 1e7] [--load-to 1e6] [--svg FILE]

Rows of ten sequences in turn; a load goes to a sandbox without quota that answers with bare ids, over
16 connections. Prints a table and, for each of the three, the slope of log(time) over log(rows) from
100,000 rows on (1: linear; below that the start of the program counts more), and what each further row
costs. Results are checked; --svg draws the table.
"""

import json
import math
import os
import tempfile

import measuring
from measuring import demand

SEQUENCES = 10
LINEAR_FROM = 100_000


class Growth:
    """One command's runs, by rows."""

    def __init__(self, name, colour):
        self.name = name
        self.colour = colour
        self.runs = {}

    def add(self, rows, done):
        self.runs[rows] = done.better(self.runs.get(rows))

    def points(self, first=0):
        return [(rows, run) for rows, run in sorted(self.runs.items()) if rows >= first]

    def slope(self):
        """By least squares; none from fewer than two points."""
        points = [(math.log(rows), math.log(run.cpu)) for rows, run in self.points(LINEAR_FROM)]
        if len(points) < 2:
            return None
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        return (sum((x - mean_x) * (y - mean_y) for x, y in points)
                / sum((x - mean_x) ** 2 for x, _ in points))

    def per_row(self):
        """Seconds of CPU and bytes of memory for each row more, between the smallest and the largest."""
        (few, small), *_, (many, large) = self.points()
        return ((large.cpu - small.cpu) / (many - few),
                (large.peak_bytes - small.peak_bytes) / (many - few))


def sizes(limit):
    return [10 ** power for power in range(3, 10) if 10 ** power <= limit]


def plan(options, rows_file, rows):
    done = measuring.run([options.seqload, "plan", rows_file, "--json", "--quiet", "--config", ""])
    found = json.loads(done.output)
    demand(found["rows"]["to_send"] == rows and len(found["targets"]) == SEQUENCES, found["rows"])
    return done


def load_and_report(options, rows_file, rows, growths):
    with (tempfile.TemporaryDirectory(dir=options.folder) as folder,
          measuring.unlimited_sandbox(options.sandbox, rows, SEQUENCES, minimal=True) as sandbox):
        loaded, summary = measuring.load(options.seqload, sandbox, rows_file, folder, rows,
                                         "--connections", 16)
        growths["load"].add(rows, loaded)
        reported, again = measuring.report_again(options.seqload, summary["run_id"], folder)
        growths["report"].add(rows, reported)
        demand(measuring.lines_in(os.path.join(again, "report.csv")) == rows + 1, "rows are missing")


def svg(growths):
    """Both axes logarithmic: what is linear is a straight line that rises as the grid does."""
    width, height, margin, decade = 560, 360, 50, 90
    runs = [(rows, run) for growth in growths for rows, run in growth.points()]
    least = math.floor(math.log10(min(run.cpu for _, run in runs)))

    def place(rows, seconds):
        return margin + (math.log10(rows) - 3) * decade, height - margin - (
            math.log10(seconds) - least) * decade * 0.55

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             'font-family="sans-serif" font-size="11">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for power in range(3, 8):
        x, _ = place(10 ** power, 10 ** least)
        parts.append(f'<path d="M{x} 30V{height - margin}" stroke="#ddd"/>'
                     f'<text x="{x - 12}" y="{height - 32}">10^{power}</text>')
    for power in range(least, 3):
        _, y = place(1000, 10.0 ** power)
        if y > 20:
            parts.append(f'<path d="M{margin} {y:.0f}H{width - 120}" stroke="#ddd"/>'
                         f'<text x="4" y="{y + 4:.0f}">{10.0 ** power:g} s</text>')
    for growth in growths:
        places = [place(rows, run.cpu) for rows, run in growth.points()]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{growth.colour}" '
                     'stroke-width="2"/>')
        x, y = places[-1]
        parts.append(f'<text x="{x + 6:.0f}" y="{y + 4:.0f}" fill="{growth.colour}">'
                     f'{growth.name}</text>')
    parts.append(f'<text x="{margin}" y="{height - 12}">rows; CPU seconds of the whole program</text>')
    return "\n".join([*parts, "</svg>\n"])


def main():
    parser = measuring.parser_of(__doc__)
    parser.add_argument("--plan-to", type=float, default=1e7)
    parser.add_argument("--load-to", type=float, default=1e6)
    parser.add_argument("--svg")
    options = parser.parse_args()

    growths = {"plan": Growth("plan", "#2266aa"), "load": Growth("load", "#aa4422"),
               "report": Growth("report", "#338844")}
    for rows in sizes(max(options.plan_to, options.load_to)):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            rows_file = os.path.join(folder, "rows.csv")
            measuring.write_rows(rows_file, rows, SEQUENCES)
            if rows <= options.plan_to:
                growths["plan"].add(rows, plan(options, rows_file, rows))
            if rows <= options.load_to:
                load_and_report(options, rows_file, rows, growths)

    lines = [[growth.name, f"{rows:,}", f"{run.wall:.2f}", f"{run.cpu:.2f}",
              f"{run.peak_bytes / 1e6:.0f}"]
             for growth in growths.values() for rows, run in growth.points()]
    print(measuring.table(["", "rows", "wall, s", "CPU, s", "peak, MB"], lines))
    for growth in growths.values():
        if len(growth.runs) > 1:
            seconds, size = growth.per_row()
            slope = growth.slope()
            print(f"\n{growth.name}: {seconds * 1e6:.2f} µs of CPU and {size:.0f} bytes for each row "
                  f"more{f', slope {slope:.2f}' if slope is not None else ''}")
    print(f"\n{measuring.where_it_ran()}.")
    if options.svg:
        with open(options.svg, "w", encoding="utf-8") as file:
            file.write(svg([growth for growth in growths.values() if growth.runs]))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""An import only ever goes down the table of rooms in src/README.md.

That table is the law: a row names a room and, in its last column, the rooms that it may know, and
with them whatever those may know. `net/message.hpp` in that column stands for this one header and
what it includes. Besides: no header includes itself by a detour.
"""

import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]seqload/([^">]+)[">]', re.MULTILINE)
BACKTICKED = re.compile(r"`([^`]+)`")


class Table:
    """The rooms and what each may know, as the table in src/README.md says."""

    def __init__(self, readme):
        self.rooms = {}  # name -> set of rooms and single headers, as written
        for line in readme.splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            room = re.fullmatch(r"`(\w+)`", cells[0])
            if line.startswith("|") and len(cells) == 4 and room:
                self.rooms[room[1]] = set(BACKTICKED.findall(cells[-1]))

    def known_rooms(self, room):
        """The room, those it may know, those that they may know, and so on."""
        known, waiting = set(), [room]
        while waiting:
            name = waiting.pop()
            if name not in known:
                known.add(name)
                waiting += [item for item in self.rooms[name] if "/" not in item]
        return known

    def single_headers(self, room):
        return {item for name in self.known_rooms(room) for item in self.rooms[name] if "/" in item}


def includes(file):
    return INCLUDE.findall(file.read_text(encoding="utf-8"))


def sources(root):
    """Every C++ file of include/seqload and src with the room that it belongs to."""
    for base in (root / "include" / "seqload", root / "src"):
        for file in sorted(base.rglob("*.[ch]pp")):
            yield file.relative_to(base).parts[0], file


def reachable(root, header):
    """The header and all of our headers that it includes, by whatever detour."""
    seen, waiting = set(), [header]
    while waiting:
        name = waiting.pop()
        file = root / "include" / "seqload" / name
        if name not in seen and file.exists():
            seen.add(name)
            waiting += includes(file)
    return seen


def forbidden_imports(root, table):
    """One line for each include that goes up or sideways in the table."""
    found = []
    for room, file in sources(root):
        place = file.relative_to(root)
        if room not in table.rooms:
            found.append(f"{place}: the room '{room}' is not in the table of src/README.md")
            continue
        rooms = table.known_rooms(room)
        allowed = set()
        for header in table.single_headers(room):
            allowed |= reachable(root, header)
        for header in includes(file):
            if not (root / "include" / "seqload" / header).exists():
                found.append(f"{place}: there is no seqload/{header}")
            elif header.split("/")[0] not in rooms and header not in allowed:
                found.append(f"{place}: {room} may not know seqload/{header}")
    return found


def cycles(root):
    """Headers that include themselves by a detour, each as the way round."""
    base = root / "include" / "seqload"
    graph = {str(file.relative_to(base)): includes(file) for file in base.rglob("*.hpp")}
    found, finished = [], set()

    def visit(header, way):
        if header in way:
            found.append(" -> ".join(way[way.index(header) :] + [header]))
        elif header not in finished:
            for included in graph.get(header, []):
                visit(included, way + [header])
            finished.add(header)

    for header in sorted(graph):
        visit(header, [])
    return found


class TheHouse(unittest.TestCase):
    longMessage = False  # a failure shows its own list and no more

    def test_the_table_names_every_room(self):
        table = Table((ROOT / "src" / "README.md").read_text(encoding="utf-8"))
        rooms = {file.name for file in (ROOT / "src").iterdir() if file.is_dir()}
        self.assertLessEqual(rooms, set(table.rooms))
        self.assertEqual(table.known_rooms("base"), {"base"})

    def test_imports_only_go_down_the_table(self):
        table = Table((ROOT / "src" / "README.md").read_text(encoding="utf-8"))
        found = forbidden_imports(ROOT, table)
        self.assertFalse(found, "".join(f"\n  {line}" for line in found))

    def test_no_header_includes_itself_by_a_detour(self):
        self.assertEqual(cycles(ROOT), [])


class TheCheckItself(unittest.TestCase):
    """On a made-up house, so that a check that has gone blind is noticed."""

    TABLE = """
| room | takes | gives | may know |
| --- | --- | --- | --- |
| `base` | | | nothing |
| `net` | | | `base` |
| `model` | | | `base` |
| `apollo` | | | `model`, and `net/message.hpp` of net |
"""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.table = Table(self.TABLE)
        self.write("include/seqload/base/text.hpp")
        self.write("include/seqload/net/fields.hpp", "base/text.hpp")
        self.write("include/seqload/net/message.hpp", "net/fields.hpp")
        self.write("include/seqload/net/client.hpp", "net/message.hpp")
        self.write("include/seqload/model/row.hpp", "base/text.hpp")
        self.write("include/seqload/apollo/request.hpp", "model/row.hpp", "net/message.hpp")
        self.write("src/apollo/request.cpp", "apollo/request.hpp", "base/text.hpp", "net/fields.hpp")

    def write(self, path, *headers):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f'#include "seqload/{header}"\n' for header in headers))

    def test_imports_down_the_table_pass(self):
        self.assertEqual(forbidden_imports(self.root, self.table), [])
        self.assertEqual(cycles(self.root), [])

    def test_an_import_up_the_table_is_found(self):
        self.write("src/base/text.cpp", "model/row.hpp")
        self.assertEqual(
            forbidden_imports(self.root, self.table),
            ["src/base/text.cpp: base may not know seqload/model/row.hpp"],
        )

    def test_a_second_header_of_a_room_known_by_one_header_is_found(self):
        self.write("src/apollo/request.cpp", "net/client.hpp")
        self.assertEqual(
            forbidden_imports(self.root, self.table),
            ["src/apollo/request.cpp: apollo may not know seqload/net/client.hpp"],
        )

    def test_a_room_that_the_table_does_not_name_is_found(self):
        self.write("src/cellar/wine.cpp")
        self.assertEqual(
            forbidden_imports(self.root, self.table),
            ["src/cellar/wine.cpp: the room 'cellar' is not in the table of src/README.md"],
        )

    def test_a_header_that_is_not_there_is_found(self):
        self.write("src/model/row.cpp", "model/gone.hpp")
        self.assertEqual(
            forbidden_imports(self.root, self.table),
            ["src/model/row.cpp: there is no seqload/model/gone.hpp"],
        )

    def test_a_detour_is_found(self):
        self.write("include/seqload/base/text.hpp", "base/line.hpp")
        self.write("include/seqload/base/line.hpp", "base/text.hpp")
        self.assertEqual(cycles(self.root), ["base/text.hpp -> base/line.hpp -> base/text.hpp"])


if __name__ == "__main__":
    unittest.main()

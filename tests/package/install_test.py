#!/usr/bin/env python3
"""What `cmake --install` leaves behind can be used: by a person, and by another project.

    install_test.py BUILD_DIRECTORY [unittest arguments]

installs that build, which must be complete, into a temporary prefix.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path("build/release")  # set from the command line
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"

CONSUMER_LISTS = """\
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(seqload 0.1 REQUIRED)
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE seqload::core)
"""

# Reads a file into rows and opens a state: of what the library stands on, this links zlib, zstd,
# xxHash, the CSV reader and SQLite.
CONSUMER_MAIN = """\
#include <seqload/input/input_set.hpp>
#include <seqload/input/read_options.hpp>
#include <seqload/input/row_reader.hpp>
#include <seqload/model/target.hpp>
#include <seqload/state/store.hpp>

#include <iostream>
#include <string>
#include <vector>

int main(int, char** arguments) {
    using namespace seqload;
    const std::vector<std::string> names{arguments[1]};
    auto files = input::InputSet::open_for_one_pass(names).value();
    input::ReadOptions options;
    TargetTable targets;
    auto reader = input::RowReader::open(files, options, targets).value();
    int rows = 0;
    Row row;
    while (reader->next(row).value())
        ++rows;
    std::cout << rows << " rows, " << (state::Store::open_in_memory() ? "a state" : "no state")
              << '\\n';
}
"""


def run(*command, **more):
    return subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, stdin=subprocess.DEVNULL, **more)  # fmt: skip


class Installed(unittest.TestCase):
    """One installed tree for all tests, moved once it is there: it must not know its place."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="seqload-install-")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.folder = pathlib.Path(cls.directory.name)
        first = cls.folder / "first"
        # Other than a package, the tree is not stripped: it is what a person installs by hand.
        done = run("cmake", "--install", BUILD, "--prefix", first)
        if done.returncode != 0:
            raise AssertionError(done.stdout)
        cls.prefix = cls.folder / "moved"
        first.rename(cls.prefix)

    def must(self, *command, **more):
        done = run(*command, **more)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout


class Tree(Installed):
    def test_both_programs_run_from_where_they_are_installed(self):
        for program in ("seqload", "apollo-sandbox"):
            self.assertIn("0.1.0", self.must(self.prefix / "bin" / program, "--version"))

    def test_documents_samples_and_licence_are_there(self):
        documents = self.prefix / "share/doc/seqload"
        for name in ("README.md", "CHANGELOG.md", "LICENSE", "samples/world.json"):
            self.assertTrue((documents / name).is_file(), name)
        planned = run(self.prefix / "bin/seqload", "plan", documents / "samples/labels.csv")
        self.assertIn(planned.returncode, (0, 1), planned.stdout)  # 1: some rows need a person

    def test_man_and_the_shells_find_their_pages(self):
        for program in ("seqload", "apollo-sandbox"):
            for path in (f"man/man1/{program}.1", f"bash-completion/completions/{program}",
                         f"zsh/site-functions/_{program}",
                         f"fish/vendor_completions.d/{program}.fish"):  # fmt: skip
                text = (self.prefix / "share" / path).read_text(encoding="utf-8")
                # roff would make other dashes of them.
                self.assertIn(program, text.replace("\\-", "-"), path)

    def test_the_headers_are_those_of_the_library(self):
        rooms = {each.name for each in (self.prefix / "include/seqload").iterdir()}
        self.assertIn("input", rooms)
        self.assertNotIn("sandbox", rooms)

    def test_the_library_is_machine_code_without_notes_for_one_compiler(self):
        archives = sorted((self.prefix / "lib").rglob("libseqload_*.a"))
        self.assertGreater(len(archives), 10)
        for archive in archives:
            sections = self.must("readelf", "--section-headers", "--wide", archive)
            self.assertIn(".text", sections, archive.name)
            self.assertNotIn(".gnu.lto_", sections, archive.name)

    def test_no_installed_file_names_the_place_where_it_was_built(self):
        for file in (self.prefix / "lib/cmake").rglob("*.cmake"):
            text = file.read_text(encoding="utf-8")
            self.assertNotIn(str(BUILD.resolve()), text, file.name)
            self.assertNotIn(str(SAMPLES.parent), text, file.name)


class Consumer(Installed):
    def test_another_project_finds_the_library_links_it_and_runs(self):
        source = self.folder / "consumer"
        source.mkdir()
        (source / "CMakeLists.txt").write_text(CONSUMER_LISTS, encoding="utf-8")
        (source / "main.cpp").write_text(CONSUMER_MAIN, encoding="utf-8")
        compiler = [f"-DCMAKE_CXX_COMPILER={os.environ['CXX']}"] if "CXX" in os.environ else []
        self.must(
            "cmake", "-G", "Ninja", "-S", source, "-B", self.folder / "out", *compiler,
            f"-DCMAKE_PREFIX_PATH={self.prefix}")  # fmt: skip
        self.must("cmake", "--build", self.folder / "out")
        said = self.must(self.folder / "out/consumer", SAMPLES / "renewals.csv")
        self.assertRegex(said, r"^3\d\d rows, a state\n$")

    def test_another_minor_version_is_refused(self):
        source = self.folder / "later"
        source.mkdir()
        (source / "CMakeLists.txt").write_text(
            CONSUMER_LISTS.replace("seqload 0.1", "seqload 0.2"), encoding="utf-8"
        )
        done = run(
            "cmake", "-G", "Ninja", "-S", source, "-B", self.folder / "later-out",
            f"-DCMAKE_PREFIX_PATH={self.prefix}")  # fmt: skip
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("0.1.0", done.stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    if not shutil.which("cmake"):
        sys.exit("install_test.py: there is no cmake")
    unittest.main()

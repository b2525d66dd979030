#!/usr/bin/env python3
"""`cpack -G DEB` makes packages that Debian takes.

    debian_test.py BUILD_DIRECTORY [unittest arguments]

packs that build, which must be complete. Installing them needs root and debootstrap, and the
judgement of lintian needs lintian (config/install-deps.sh all); without, these tests are skipped.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from bare_debian import bare_debian, can_make_one

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping

BUILD = pathlib.Path("build/release")  # set from the command line
ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command, **more):
    return subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, stdin=subprocess.DEVNULL, **more)  # fmt: skip


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="seqload-deb-")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.folder = pathlib.Path(cls.directory.name)
        # gzip: packing the library with xz takes a minute.
        done = run(
            "cpack", "-G", "DEB", "-B", cls.folder, "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip",
            "--config", BUILD / "CPackConfig.cmake", cwd=cls.folder)  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(done.stdout)
        cls.programs = cls.one(cls.folder, "seqload_*.deb")
        cls.library = cls.one(cls.folder, "libseqload-dev_*.deb")

    @staticmethod
    def one(folder, pattern):
        found = list(folder.glob(pattern))
        if len(found) != 1:
            raise AssertionError(f"{pattern}: {found}")
        return found[0]

    def must(self, *command, **more):
        done = run(*command, **more)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def field(self, package, name):
        return self.must("dpkg-deb", "--field", package, name).strip()

    def files(self, package):
        """Mode, owner and path of everything in the package."""
        lines = self.must("dpkg-deb", "--contents", package).splitlines()
        return {line.split()[5]: line.split()[:2] for line in lines}

    def test_the_programs_depend_on_just_what_they_are_linked_with(self):
        depends = {each.split()[0] for each in self.field(self.programs, "Depends").split(", ")}
        listed = run(ROOT / "config/install-deps.sh", "--list", "runtime").stdout.split()
        # spdlog is known there by a name that says which libfmt it was built with, and what these
        # bring along themselves is not listed.
        known = {"libspdlog1.10-fmt9", "libc6", "libfmt9", "libgcc-s1"}
        self.assertEqual(depends - known, set(listed) - {"libspdlog1.10"})

    def test_the_programs_come_with_what_debian_asks_for(self):
        files = self.files(self.programs)
        for path in ("usr/bin/seqload", "usr/bin/apollo-sandbox", "usr/libexec/seqload/nightly"):
            self.assertEqual(files[f"./{path}"], ["-rwxr-xr-x", "root/root"], path)
        for name in ("copyright", "changelog.Debian.gz", "README.md", "samples/world.json"):
            self.assertEqual(
                files[f"./usr/share/doc/seqload/{name}"], ["-rw-r--r--", "root/root"], name
            )
        for program in ("seqload", "apollo-sandbox"):
            for path in (f"man/man1/{program}.1.gz", f"bash-completion/completions/{program}",
                         f"zsh/vendor-completions/_{program}",
                         f"fish/vendor_completions.d/{program}.fish"):  # fmt: skip
                self.assertEqual(
                    files[f"./usr/share/{path}"], ["-rw-r--r--", "root/root"], path
                )
        self.assertFalse([path for path in files if "/site-functions/" in path])
        self.assertFalse([path for path in files if path.endswith("LICENSE")])
        self.assertFalse([path for path in files if path.startswith("./etc/")])
        self.assertFalse([path for path in files if re.search(r"/man\d/.*\.\d$", path)])

    def test_the_library_is_a_package_of_its_own_and_depends_on_what_it_is_built_on(self):
        files = self.files(self.library)
        self.assertIn("./usr/lib/cmake/seqload/seqloadConfig.cmake", files)
        self.assertIn("./usr/include/seqload/model/row.hpp", files)
        self.assertFalse([path for path in files if path.startswith("./usr/bin")])
        self.assertIn("libfccp-dev", self.field(self.library, "Depends"))

    @unittest.skipUnless(shutil.which("lintian"), "there is no lintian")
    def test_lintian_finds_no_error(self):
        said = run(
            "lintian", "--allow-root", "--fail-on", "error", "--tag-display-limit", "0",
            self.programs, self.library)  # fmt: skip
        self.assertEqual(said.returncode, 0, said.stdout)

    @unittest.skipUnless(can_make_one(), "not root, or there is no debootstrap")
    def test_a_bare_debian_installs_the_programs_and_runs_them(self):
        system = bare_debian(self.folder / "debian", BUILD)
        shutil.copy(self.programs, system / "seqload.deb")
        self.must(
            "chroot", system, "apt-get", "--yes", "--no-install-recommends", "install",
            "/seqload.deb", env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})  # fmt: skip
        for program in ("seqload", "apollo-sandbox"):
            self.assertIn("0.1.0", self.must("chroot", system, program, "--version"))
        self.must("chroot", system, "dpkg", "--purge", "seqload")
        self.assertFalse((system / "usr/share/doc/seqload").exists())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    if not shutil.which("dpkg-shlibdeps"):
        print("skipped: dpkg-shlibdeps is missing (Debian: dpkg-dev)")
        sys.exit(77)
    skipping.main()

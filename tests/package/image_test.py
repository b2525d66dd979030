#!/usr/bin/env python3
"""The container's image is small, and runs without rights on a root that nobody can write to.

    image_test.py BUILD_DIRECTORY [unittest arguments]

There need be no container engine: what the Dockerfile does after the build, its second and third
stage, is replayed step by step in a bare Debian, with what this build installs in place of the
first. Needs root and debootstrap (config/install-deps.sh all); skipped without.
"""

import os
import pathlib
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

from bare_debian import bare_debian, can_make_one

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import skipping
from apollo_sandbox import ROBIN, WELCOME, Sandbox, contact

BUILD = pathlib.Path("build/release")  # set from the command line
ROOT = pathlib.Path(__file__).resolve().parents[2]
MAXIMUM_BYTES = 100_000_000


def instructions():
    """The Dockerfile's instructions: (name, the rest) with its continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def stages():
    """The instructions of each stage, without its FROM."""
    found = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        else:
            found[-1].append((name, rest))
    return found


def must(*command, **more):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, stdin=subprocess.DEVNULL, **more)  # fmt: skip
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout[-4000:]}")
    return done.stdout


class Context(unittest.TestCase):
    """What the first stage, which is not replayed here, asks of the repository."""

    def test_all_that_is_copied_is_there_and_not_ignored(self):
        kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
        for name, rest in (step for stage in stages() for step in stage):
            if name != "COPY" or "--from" in rest:
                continue
            for source in rest.split()[:-1]:
                self.assertTrue((ROOT / source).exists(), source)
                self.assertIn("!" + source.split("/")[0], kept)

    def test_the_build_finds_all_that_the_lists_of_cmake_name(self):
        (built, *_) = stages()
        copied = {word.rstrip("/") for name, rest in built if name == "COPY" for word in rest.split()[:-1]}
        text = (ROOT / "config/cmake/SeqloadInstall.cmake").read_text(encoding="utf-8")
        for file in re.findall(r"\b(README\.md|CHANGELOG\.md|LICENSE|samples|include)\b", text):
            self.assertIn(file, copied)


@unittest.skipUnless(can_make_one(), "not root, or there is no debootstrap")
class Image(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory(prefix="seqload-image-")
        cls.addClassCleanup(cls.directory.cleanup)
        cls.folder = pathlib.Path(cls.directory.name)
        installed = cls.folder / "stage-build/installed"
        must("cmake", "--install", BUILD, "--prefix", installed, "--strip", "--component", "programs")
        gather = bare_debian(cls.folder / "stage-gather", BUILD)
        cls.image = cls.folder / "image"
        cls.image.mkdir()
        _, second, third = stages()
        cls.settings = {}
        for step in second:
            cls.replay(gather, *step)
        for step in third:
            cls.replay(cls.image, *step)
        cls.size = sum(
            path.lstat().st_size
            for path in cls.image.rglob("*")
            if stat.S_ISREG(path.lstat().st_mode)
        )
        for name in ("dev", "proc"):  # what every engine mounts
            (cls.image / name).mkdir()

    @classmethod
    def replay(cls, root, name, rest):
        if name == "COPY":
            cls.copy(root, rest.split())
        elif name == "RUN":
            must("chroot", root, "/bin/sh", "-c", rest)
        elif name == "ENV":
            cls.settings["ENV"] = dict(each.split("=", 1) for each in shlex.split(rest))
        else:
            cls.settings[name] = rest

    @classmethod
    def copy(cls, root, words):
        options = dict(word[2:].split("=", 1) for word in words if word.startswith("--"))
        *sources, target = [word for word in words if not word.startswith("--")]
        place = pathlib.Path(f"{root}/{target.lstrip('/')}")
        place.mkdir(parents=True, exist_ok=True)
        came_from = cls.folder / f"stage-{options['from']}" if "from" in options else ROOT
        for source in sources:
            path = pathlib.Path(f"{came_from}/{source.lstrip('/')}")
            must("cp", "--archive", f"{path}/." if path.is_dir() else path, place)
        if "chown" in options:
            must("chown", "--recursive", options["chown"], place)

    def inside(self, *command, writable=(), environment=None):
        """Runs it as the image's user, on a root that is read-only but for these places."""
        user = self.settings["USER"]
        variables = {**self.settings["ENV"], **(environment or {})}
        mounts = [f"mount --bind {self.image} {self.image}", f"mount -o remount,ro,bind {self.image}"]
        mounts += [f"mount --rbind /dev {self.image}/dev", f"mount --rbind /proc {self.image}/proc"]
        for place, source in dict(writable).items():
            mounts.append(f"mount --bind {source} {self.image}{place}")
        words = shlex.join(map(str, command))
        script = shlex.quote(f"cd {self.settings['WORKDIR']} && {words}")
        enter = f"exec chroot --userspec={user} {self.image} /usr/bin/sh -c {script}"
        return subprocess.run(
            ["unshare", "--mount", "sh", "-ec", "\n".join([*mounts, enter])], env={
                **variables, "PATH": f"{variables['PATH']}:/usr/sbin:/sbin"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            stdin=subprocess.DEVNULL)  # fmt: skip

    def test_it_is_small(self):
        print(f"the image has {self.size / 1e6:.1f} MB")
        self.assertLess(self.size, MAXIMUM_BYTES)

    def test_its_user_is_not_root(self):
        self.assertRegex(self.settings["USER"], r"^[1-9]\d*:[1-9]\d*$")
        self.assertIn("Uid:\t10001\t10001", self.inside("cat", "/proc/self/status").stdout)

    def test_nothing_can_be_written_outside_of_its_volumes(self):
        for place in ("/etc/x", "/var/lib/seqload/x", "/work/x", "/x"):
            done = self.inside("cp", "/etc/passwd", place)
            self.assertIn("Read-only file system", done.stdout)

    def test_both_programs_run(self):
        for program in ("seqload", "apollo-sandbox"):
            done = self.inside(program, "--version")
            self.assertIn("0.1.0", done.stdout)

    def test_a_load_writes_to_its_volumes_only_and_trusts_the_images_authorities(self):
        state, work = self.folder / "state", self.folder / "work"
        for place in (state, work):
            place.mkdir()
            os.chown(place, 10001, 10001)
        (work / "leads.csv").write_text(
            f"contact_id,sequence_id,email_account_id\n{contact(1)},{WELCOME},{ROBIN}\n",
            encoding="utf-8")  # fmt: skip
        authorities = self.image / "etc/ssl/certs/ca-certificates.crt"
        usual = authorities.read_bytes()
        self.addCleanup(authorities.write_bytes, usual)
        with Sandbox(
            BUILD / "bin/apollo-sandbox",
            world={
                "keys": ["sandbox-master-key"],
                "mailboxes": [{"id": ROBIN, "email": "robin@mail.example.com"}],
                "sequences": [{"id": WELCOME, "name": "Welcome"}],
                "generate": [{"prefix": "66f0000000000000", "count": 10}],
            },
        ) as sandbox:
            ca_file = sandbox.environment.pop("SEQLOAD_CA_FILE")
            places = {"/var/lib/seqload": state, "/work": work}
            load = ("/usr/libexec/seqload/nightly", "leads.csv")
            # Who is not who he says stays so; five minutes of trying show no more than one second.
            hasty = {**sandbox.environment, "SEQLOAD_GIVE_UP_AFTER": "1s"}
            refused = self.inside(*load, writable=places, environment=hasty)
            self.assertEqual(refused.returncode, 5, refused.stdout)
            shutil.copyfile(ca_file, authorities)
            done = self.inside(*load, writable=places, environment=sandbox.environment)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertEqual(sandbox.ledger()["totals"]["added"], 1)
        self.assertTrue((state / "state.db").is_file())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    skipping.main()

"""A Debian 12 with nothing in it but what every Debian has, to install things in."""

import fcntl
import os
import pathlib
import shutil
import subprocess

MIRROR = "http://deb.debian.org/debian"


def can_make_one():
    return os.geteuid() == 0 and shutil.which("debootstrap") is not None


def must(*command):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, stdin=subprocess.DEVNULL)  # fmt: skip
    if done.returncode != 0:
        raise AssertionError(f"{command[0]}: {done.stdout[-4000:]}")


def bare_debian(folder, build):
    """Unpacks one into the folder; what is downloaded for it is kept in the build directory."""
    archive = pathlib.Path(build) / "bare-debian.tar"
    with open(f"{archive}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not archive.exists():
            fresh = pathlib.Path(f"{folder}.fresh")
            must("debootstrap", "--variant=minbase", "bookworm", fresh, MIRROR)
            must("tar", "--create", "--file", f"{archive}.part", "--directory", fresh, ".")
            os.rename(f"{archive}.part", archive)
            shutil.rmtree(fresh)
    folder.mkdir()
    must("tar", "--extract", "--file", archive, "--directory", folder)
    return folder

"""Certificates for tests in Python, made with the openssl program, and every way to be wrong.

    authority = Authority(folder, "ca")
    path = authority.server("expired", until=-60)     # certificate and key in one file
"""

import datetime
import pathlib
import subprocess

NAMES = "DNS:localhost,IP:127.0.0.1"

CONFIG = """
[ca]
default_ca = tests
[tests]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[server]
extendedKeyUsage = serverAuth
subjectAltName = {names}
"""


def moment(seconds):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y%m%d%H%M%SZ")


class Authority:
    def __init__(self, folder, name="authority"):
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir()
        (self.folder / "index").touch()
        self.certificate = self.folder / "ca.pem"
        self.key = self._key("ca", "ec")
        self._configure(name, NAMES)
        self._run("req", "-new", "-x509", "-key", self.key, "-out", self.certificate,
                  "-extensions", "authority", "-days", "2")  # fmt: skip

    def server(self, name, since=-3600, until=3600, names=NAMES, kind="ec", self_signed=False):
        """A server's certificate and its key in one file; times in seconds from now."""
        key = self._key(name, kind)
        self._configure("localhost", names)
        request = self.folder / f"{name}.csr"
        self._run("req", "-new", "-key", key, "-out", request)
        certificate = self.folder / f"{name}.crt"
        signer = ["-selfsign", "-keyfile", key] if self_signed else [
            "-cert", self.certificate, "-keyfile", self.key]  # fmt: skip
        self._run("ca", "-batch", "-notext", "-md", "sha256", *signer, "-in", request, "-out",
                  certificate, "-extensions", "server", "-startdate", moment(since), "-enddate",
                  moment(until))  # fmt: skip
        both = self.folder / f"{name}.pem"
        both.write_text(certificate.read_text() + key.read_text())
        return both

    def _key(self, name, kind):
        key = self.folder / f"{name}.key"
        parameters = {
            "ec": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            "rsa1024": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
        }
        self._run("genpkey", *parameters[kind], "-out", key)
        return key

    def _configure(self, name, names):
        self.config = self.folder / "openssl.cnf"
        self.config.write_text(CONFIG.format(folder=self.folder, name=name, names=names))

    def _run(self, command, *arguments):
        config = [] if command == "genpkey" else ["-config", self.config]
        done = subprocess.run(
            ["openssl", command, *map(str, config), *map(str, arguments)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)  # fmt: skip
        assert done.returncode == 0, f"openssl {command}: {done.stderr}"

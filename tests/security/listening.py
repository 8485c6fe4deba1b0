"""Somebody listening on this machine, who notes what is asked and says what a test wants."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def listening(answer: Answer = (200, {}, b"")) -> Iterator[tuple[str, list[str]]]:
    """An address, and the path of each request that came there with its Authorization."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization', '')}".strip())
            status, headers, body = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - its name in the base class
            del format

    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def old_tls(folder: Path, newest: ssl.TLSVersion) -> Iterator[tuple[str, list[str]]]:
    """A server that speaks TLS up to this version only, and how each handshake with it failed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.maximum_version = newest
    failures: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)

    def shake() -> None:
        line, _ = server.accept()
        with line:
            line.settimeout(10)
            try:
                context.wrap_socket(line, server_side=True).close()
            except (ssl.SSLError, OSError) as error:
                failures.append(str(getattr(error, "reason", "") or error))

    thread = threading.Thread(target=shake)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.getsockname()[1]}", failures
    finally:
        thread.join()
        server.close()


def certificate(folder: Path) -> Path:
    """A certificate nobody has reason to trust, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file

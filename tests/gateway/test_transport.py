"""How one request goes out and comes back: deadlines, cuts, what was sent, and where nothing may go."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NameResolutionError

from qb.gateway import Company, Gateway, InDoubt, Pace, addresses, encode
from qb.gateway.company import WRITE_WITHIN
from qb.gateway.transport import DEADLINE, LARGEST_ANSWER, Request, Transport, _never_left
from tests.gateway.conftest import NOON, REALM, Clock, TokenKeeper
from tests.gateway.far_side import Cut, FarSide, Hang, Say, SayRaw, say

BODY = encode({})
FINE = say({"Invoice": {"Id": "1"}})


def ask(url: str, headers: dict[str, str] | None = None) -> Request:
    """A small question for this address."""
    return Request("GET", url, headers or {}, {}, None)


@pytest.fixture
def nowhere() -> Iterator[str]:
    """An address where nobody listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_a_refused_connection_sent_nothing(nowhere: str, clock: Clock, tokens: TokenKeeper) -> None:
    """Not a byte left: the booking may simply be tried again."""
    gateway = Gateway(
        client_id="a",
        client_secret="b",
        redirect_uri="c",
        addresses=addresses("sandbox", api=nowhere),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )
    with pytest.raises(InDoubt) as caught:
        gateway.company(REALM, tokens).create("Invoice", BODY, "r1")
    assert caught.value.sent is False


def test_an_unknown_host_was_sent_nothing() -> None:
    """A name that leads nowhere is not a broken connection; asked without asking a name server."""
    unknown = NameResolutionError("quickbooks.invalid", None, socket.gaierror("unknown"))  # type: ignore[arg-type]
    assert _never_left(requests.ConnectionError(MaxRetryError(None, "/", unknown)))  # type: ignore[arg-type]


def test_a_stranger_with_a_certificate_of_his_own_gets_nothing(clock: Clock, tmp_path: Path) -> None:
    """Who can't prove to be Intuit sees no token; the booking was surely not sent."""
    with FarSide(tls=self_signed(tmp_path)) as stranger:
        with pytest.raises(InDoubt) as caught:
            Transport(clock).send(ask(stranger.url, {"Authorization": "Bearer canary"}))
        assert caught.value.sent is False
        assert () == stranger.heard()


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, NOON, NOON + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "stranger.pem"
    pem.write_bytes(
        certificate.public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.mark.parametrize(
    "act",
    [
        Cut(),
        SayRaw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
        SayRaw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"),
        SayRaw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"),
        SayRaw(b'HTTP/1.1 200 OK\r\n\r\n{"Invoice":{"Id"'),
        SayRaw(b"nonsense\r\n\r\n"),
    ],
    ids=["before the answer", "in the body", "in a chunk", "not gzip", "no length", "not http"],
)
def test_a_cut_line_leaves_doubt(company: Company, far_side: FarSide, act: Cut | SayRaw) -> None:
    """The request was out: it may have been booked, and it is not sent again by itself."""
    far_side.will(act)
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", BODY, "r1")
    assert caught.value.sent is True
    assert 1 == len(far_side.heard())


def test_silence_leaves_doubt(far_side: FarSide, clock: Clock) -> None:
    """No sign of life within the time for reading: sent, outcome unknown."""
    far_side.will(Hang())
    with pytest.raises(InDoubt) as caught:
        Transport(clock, read_seconds=0.05).send(ask(far_side.url))
    assert caught.value.sent is True


def test_a_connection_that_never_opens_sent_nothing(clock: Clock) -> None:
    """The handshake is not answered: nothing left."""
    with closing(socket.socket()) as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        address = deaf.getsockname()
        # Fill the queue of connections, so that the kernel answers no more of them.
        queued = [socket.socket() for _ in range(4)]
        for one in queued:
            one.settimeout(0)
            one.connect_ex(address)
        with pytest.raises(InDoubt) as caught:
            Transport(clock, connect_seconds=0.1).send(ask(f"http://127.0.0.1:{address[1]}"))
        for one in queued:
            one.close()
    assert caught.value.sent is False


def test_the_whole_answer_has_a_deadline(far_side: FarSide) -> None:
    """An answer that trickles in is given up after 30 seconds, each piece in time or not."""
    times = Clock()

    def eleven_seconds_a_look() -> object:
        times.pass_seconds(11)
        return times()

    transport = Transport(eleven_seconds_a_look)  # type: ignore[arg-type]
    chunks = b"".join(b"1\r\n \r\n" for _ in range(50))
    far_side.will(SayRaw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"))
    with pytest.raises(InDoubt, match="too long to answer"):
        transport.send(ask(far_side.url))


def test_a_silence_in_the_midst_ends_with_the_deadline(clock: Clock) -> None:
    """29.8 of the 30 seconds are gone when the answer begins: the rest is waited for no longer than that."""
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def begin() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(65536)
                clock.pass_seconds(29.8)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1")
                line.recv(1)

        speaker = threading.Thread(target=begin)
        speaker.start()
        with pytest.raises(InDoubt) as caught:
            Transport(clock).send(ask(f"http://127.0.0.1:{listening.getsockname()[1]}"))
        speaker.join()
    assert caught.value.sent is True
    assert time.monotonic() - begun < 10


def test_an_endless_answer_is_given_up(far_side: FarSide, clock: Clock) -> None:
    """However well it is packed."""
    packed = gzip.compress(b" " * (LARGEST_ANSWER + 1))
    far_side.will(Say(200, packed, {"Content-Encoding": "gzip"}))
    with pytest.raises(InDoubt, match="too long to be one"):
        Transport(clock).send(ask(far_side.url))


def test_a_packed_answer_is_unpacked(company: Company, far_side: FarSide) -> None:
    """Long pages come as gzip."""
    far_side.will(Say(200, gzip.compress(b'{"Invoice":{"Id":"1"}}'), {"Content-Encoding": "gzip"}))
    assert "1" == company.read("Invoice", "1").entity["Id"]
    assert "gzip" == far_side.heard()[0].headers["accept-encoding"]


def test_a_redirect_is_not_followed(company: Company, far_side: FarSide) -> None:
    """Tokens go to the address in the settings and nowhere else."""
    far_side.will(Say(307, b"", {"Location": f"{far_side.url}/elsewhere"}), FINE)
    with pytest.raises(InDoubt):
        company.create("Invoice", BODY, "r1")
    assert 1 == len(far_side.heard())


def test_cookies_are_not_kept(company: Company, far_side: FarSide) -> None:
    """One firm's session must not follow another's."""
    far_side.will(say({"Invoice": {"Id": "1"}}, Set_Cookie="who=firm-a; Path=/"), FINE)
    company.read("Invoice", "1")
    company.read("Invoice", "1")
    assert "cookie" not in far_side.heard()[1].headers


def test_the_environment_does_not_reroute_us(
    far_side: FarSide, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither a proxy nor a .netrc of the machine is used."""
    secrets = tmp_path / "netrc"
    secrets.write_text("machine 127.0.0.1 login canary password canary\n")
    monkeypatch.setenv("NETRC", str(secrets))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    far_side.will(Say(200, b"{}"))
    assert 200 == Transport(clock).send(ask(far_side.url)).status_code
    assert "authorization" not in far_side.heard()[0].headers


def test_connections_are_used_again_but_not_old_ones(
    company: Company, far_side: FarSide, clock: Clock
) -> None:
    """Calls ride on the first one's connection; after half a minute of silence there is a new one."""
    for pause in (0, 30, 30, 31):
        clock.pass_seconds(pause)
        far_side.will(FINE)
        company.read("Invoice", "1")
    first, second, third, fourth = (heard.port for heard in far_side.heard())
    assert first == second == third
    assert third != fourth


def test_threads_share_the_gateway(company: Company, far_side: FarSide) -> None:
    """Each gets its own answer."""
    far_side.will(*[lambda heard: say({"Invoice": {"Id": heard.path.rpartition("/")[2]}})] * 200)
    ids = [str(number) for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda id_: company.read("Invoice", id_).entity["Id"], ids))
    assert ids == found


def test_old_tls_is_refused(clock: Clock) -> None:
    """1.2 is the least, whatever this machine's library would allow."""
    adapter = Transport(clock)._session.get_adapter("https://quickbooks.api.intuit.com")
    assert isinstance(adapter, HTTPAdapter)
    context = adapter.poolmanager.connection_pool_kw["ssl_context"]
    assert ssl.TLSVersion.TLSv1_2 == context.minimum_version
    assert ssl.CERT_REQUIRED == context.verify_mode


def test_speaking_tls_to_who_does_not_sent_nothing_of_ours(far_side: FarSide, clock: Clock) -> None:
    """A failed handshake raises our error, not the library's."""
    with pytest.raises(InDoubt):
        Transport(clock).send(ask(far_side.url.replace("http:", "https:")))
    assert () == far_side.heard()


def test_an_impossible_request_sent_nothing(far_side: FarSide, clock: Clock) -> None:
    """A header that can't be sent is not, and its text stays here."""
    with pytest.raises(InDoubt) as caught:
        Transport(clock).send(ask(far_side.url, {"Authorization": "Bearer canary\n"}))
    assert caught.value.sent is False
    assert "canary" not in str(caught.value)


def test_our_waits_add_up_to_less_than_a_lease() -> None:
    """Five seconds for a turn, thirty for the call: callers leave 35 in their lease before they ask."""
    assert timedelta(seconds=35) == WRITE_WITHIN + DEADLINE

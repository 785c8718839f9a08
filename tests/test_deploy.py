"""What is deployed, as far as it runs without containers: the proxy in front of the dashboard, and what is linted."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.browser import free_port, open_chromium, serve, settle, watch
from tests.small_warehouse import publish_small
from warehouse.connection import published_path
from warehouse.settings import ROOT

DEPLOY = ROOT / "deploy"
NAME = "measures.example.org"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
HEADERS = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}
needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed")


def key_digest(certificate: Path) -> str:
    """The digest of a certificate's public key, by which Chromium is told to trust it."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(encoded).digest()).decode()


@contextmanager
def proxy(folder: Path, dashboard_port: int) -> Iterator[int]:
    """nginx with deploy/nginx.conf, its ports, names and certificate exchanged for those of this machine."""
    secure, plain = free_port(), free_port()
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN={NAME} -keyout privkey.pem -out fullchain.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for before, after in (
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("server dashboard:8501", f"server 127.0.0.1:{dashboard_port}"),
        ("/etc/nginx/certificates", str(folder)),
        ("/dev/stdout", str(folder / "access.log")),
    ):
        assert before in site
        site = site.replace(before, after)
    (folder / "site.conf").write_text(site)
    main = folder / "nginx.conf"
    log = folder / "error.log"
    main.write_text(
        f"pid {folder}/pid; error_log {log}; daemon off; events {{}} http {{ include {folder}/site.conf; }}"
    )
    command = [str(NGINX), "-c", str(main), "-p", str(folder), "-e", str(log)]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield secure
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    folder = tmp_path_factory.mktemp("proxy")
    publish_small(folder / "warehouse")
    with (
        serve(folder / "warehouse", folder / "server.log") as address,
        proxy(folder, int(address.rpartition(":")[2])) as port,
    ):
        yield port, folder


def client(local_address: str = "127.0.0.1") -> httpx.Client:
    """Takes the certificate, which is our own, and asks from an address of this machine."""
    return httpx.Client(transport=httpx.HTTPTransport(verify=False, local_address=local_address))


def ask(client: httpx.Client, port: int, path: str, host: str = NAME, method: str = "GET") -> httpx.Response:
    request = httpx.Request(
        method, f"https://127.0.0.1:{port}{path}", headers={"Host": host}, extensions={"sni_hostname": host}
    )
    return client.send(request)


@needs_nginx
def test_page_draws_in_a_browser_behind_the_proxy(behind: tuple[int, Path]) -> None:
    port, folder = behind
    # Trusted from the start, as a real one is: a certificate that is excused at each connection anew costs the browser
    # a retry each time, and now and then more than it allows itself.
    trusted = f"--ignore-certificate-errors-spki-list={key_digest(folder / 'fullchain.pem')}"
    with open_chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1", trusted) as browser:
        page = browser.new_context(locale="en-GB").new_page()
        faults = watch(page)
        page.goto(f"https://{NAME}:{port}/timeline?lang=en")
        settle(page)
        page.wait_for_selector(".js-plotly-plot .main-svg")
    assert faults == []


@needs_nginx
def test_every_answer_bears_the_security_headers(behind: tuple[int, Path]) -> None:
    port, _ = behind
    with client() as web:
        for path in ("/", "/meetings?q=word", "/_stcore/health", "/no/such/thing", "/_stcore/upload_file/a/b"):
            answer = ask(web, port, path)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
            policy = answer.headers["content-security-policy"]
            assert (
                "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
            )
            assert re.search(r"nginx/\d", answer.headers.get("server", "")) is None


@needs_nginx
def test_proxy_refuses_what_nobody_needs(behind: tuple[int, Path]) -> None:
    port, folder = behind
    with client() as web:
        assert ask(web, port, "/_stcore/upload_file/a/b", method="PUT").status_code == 403
        assert ask(web, port, "/_stcore/metrics").status_code == 200  # this host may ask
        with pytest.raises(httpx.HTTPError):
            ask(web, port, "/", host="rebound.example")
        assert [ask(web, port, "/auth/login").status_code for _ in range(40)].count(503) > 5
        ask(web, port, "/meetings?q=searchword")
    with client(local_address="127.0.0.2") as web:
        assert ask(web, port, "/_stcore/metrics").status_code == 403
        assert ask(web, port, "/_stcore/health").text == "ok"  # Streamlit's page asks for it before it connects
    log = (folder / "access.log").read_text()
    assert '"GET /meetings"' in log and "searchword" not in log


@needs_nginx
def test_websocket_passes_the_proxy_from_our_own_pages_only(behind: tuple[int, Path]) -> None:
    port, _ = behind
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    address = f"wss://{NAME}:{port}/_stcore/stream"

    def opened(origin: str) -> Any:
        sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        return connect(
            address,
            sock=sock,
            origin=Origin(origin),
            ssl=context,
            server_hostname=NAME,
            subprotocols=[Subprotocol("streamlit")],
        )

    with opened(f"https://{NAME}:{port}"):
        pass
    with pytest.raises(InvalidStatus, match="403"):
        opened("https://evil.example")


def test_first_visit_builds_the_sample_where_the_host_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    monkeypatch.setenv("FIRST_BUILD", "sample")
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=300).run()
    assert not app.exception
    assert published_path(tmp_path).exists()
    assert any("em-card" in element.proto.body for element in app.get("html"))


def test_compose_file_says_what_it_should() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    assert services.keys() == {"dashboard", "refresh", "proxy"}
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"], name
        assert "privileged" not in service and "docker.sock" not in str(service), name
        for volume in service.get("volumes", []):
            named = volume.split(":")[0]
            assert named.startswith((".", "$")) or named in compose["volumes"], volume
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "warehouse:/data:ro" in services["dashboard"]["volumes"]
    assert services["refresh"]["network_mode"] == "none"
    written = (DEPLOY / "compose.yaml").read_text("utf-8") + (DEPLOY / "secrets.example.toml").read_text("utf-8")
    assert not re.search(r"(?i)(secret|password)\S*\s*[:=]\s*[\"']?[0-9a-z]{8,}", written)


def test_image_runs_without_rights_and_copies_what_there_is() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#")]
    words = [word for word, _ in steps]
    assert words[0] == "FROM" and words[-1] == "CMD"
    assert words.index("USER") < words.index("HEALTHCHECK")
    assert dict(steps)["USER"] == "10001:10001"
    for word, rest in steps:
        if word == "COPY":
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".git", ".venv", "data"} <= set(ignored)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    units = []
    for path in sorted((DEPLOY / "systemd").iterdir()):
        text = path.read_text("utf-8").replace("/opt/epidemic-measures/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text)
        units.append(str(tmp_path / path.name))
    found = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    said = [line for line in found.stderr.splitlines() if "epidemic-measures" in line]
    assert said == []


def test_make_takes_no_target_for_a_file_of_its_name() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.M)
    assert sorted(phony.split()) == sorted(re.findall(r"^([a-z-]+):.* ## ", makefile, re.M))

"""Signing in against a local OpenID provider, in a browser and past it: who gets in, as what, and who does not."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.roles import RIGHTS, ROLES, Access, AccessError, Refusal, Visitor, is_email, read_access
from dashboard.text import Text
from tests.browser import choose, free_port, is_healthy, open_chromium, serve, settle
from tests.small_warehouse import publish_small
from tests.stream import open_stream, script_hash
from warehouse.corrections import read_corrections
from warehouse.settings import ROOT

EN = Text("en")
SECRETS = ("要扩大核酸检测范围", "学校一律停课", "上海市政府", "某市召开疫情防控会议")  # of the warehouse served
USERS = {
    "reader": {"email": "reader@team.example", "email_verified": True},
    "analyst": {"email": "Ana@team.example", "email_verified": True},
    "editor": {"email": "edit@team.example", "email_verified": True},
    "leaver": {"email": "leaver@team.example", "email_verified": True},
    "stranger": {"email": "who@elsewhere.example", "email_verified": True},
    "suffix": {"email": "who@not-team.example", "email_verified": True},
    "unverified": {"email": "edit@team.example", "email_verified": False},
    "claimed": {"email": "edit@team.example"},
    "admin": {"email": "who@elsewhere.example", "email_verified": True, "role": "editor", "roles": ["editor"]},
}
SETTINGS = """
session_hours = {hours}
report_link = "https://tracker.example/new?document={{document}}"
[viewer]
domains = ["team.example"]
[analyst]
emails = ["ana@team.example"]
[editor]
emails = ["edit@team.example"]
[refused]
emails = [{refused}]
"""


@dataclass(frozen=True)
class Site:
    """A dashboard behind sign-in."""

    address: str
    settings: Path
    corrections: Path
    log: Path
    cookie_secret: str
    browser: Browser

    def set(self, hours: float = 12, refused: str = "") -> None:
        self.settings.write_text(SETTINGS.format(hours=hours, refused=refused))

    def enter(self, user: str, path: str = "/?lang=en") -> Page:
        """A page of a new browser context in which somebody has gone through the provider."""
        page = self.browser.new_context(locale="en-GB", viewport={"width": 1300, "height": 1000}).new_page()
        page.goto(self.address + "/?lang=en")
        page.get_by_role("button", name=EN("signin.button")).click()
        page.get_by_role("button", name=user, exact=True).click()
        page.wait_for_url(f"{self.address}/**")
        page.wait_for_selector(".em-title")
        if path != "/?lang=en":
            page.goto(self.address + path)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    publish_small(folder / "warehouse")
    port, secret = free_port(), "c" * 64
    users = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in USERS.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as provider:
        (folder / "secrets.toml").write_text(
            f"""[auth]
            redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
            cookie_secret = "{secret}"
            client_id = "dashboard"
            client_secret = "a secret of the client"
            server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"
            """
        )
        log, settings, corrections = folder / "server.log", folder / "access.toml", folder / "corrections.tsv"
        with (
            serve(
                folder / "warehouse",
                log,
                "--secrets.files",
                str(folder / "secrets.toml"),
                port=port,
                ACCESS_FILE=str(settings),
                CORRECTIONS_FILE=str(corrections),
            ) as address,
            open_chromium() as browser,
        ):
            found = Site(address, settings, corrections, log, secret, browser)
            found.set()
            yield found
        said = log.read_text("utf-8")
        assert secret not in said and "a secret of the client" not in said


@pytest.fixture(autouse=True)
def usual_settings(request: pytest.FixtureRequest) -> None:
    if "site" in request.fixturenames:
        request.getfixturevalue("site").set()


def is_shut_out(page: Page) -> bool:
    """Whether a page shows nothing of the warehouse: no navigation, no filters, no text."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
    shown = page.inner_text("body")
    return not any(secret in shown for secret in SECRETS) and page.locator("[data-testid=stSidebarNav]").count() == 0


def cookies_of(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


# --- through the door --------------------------------------------------------------------------------------------


def test_reader_signs_in_reads_and_signs_out(site: Site) -> None:
    page = site.browser.new_context(locale="en-GB").new_page()
    page.goto(site.address + "/meetings?lang=en")
    expect(page.get_by_role("button", name=EN("signin.button"))).to_be_visible(timeout=30_000)
    assert is_shut_out(page)
    page = site.enter("reader", "/meetings?lang=en")
    settle(page)
    assert SECRETS[3] in page.inner_text("body")
    assert "reader@team.example" in page.inner_text("[data-testid=stSidebar]")
    page.get_by_role("button", name=EN("signin.out")).click()
    page.wait_for_url("**/oauth2/end_session?*")  # the provider asks whether to end its own session too
    page.goto(site.address + "/meetings?lang=en")
    expect(page.get_by_role("button", name=EN("signin.button"))).to_be_visible(timeout=30_000)
    assert is_shut_out(page)
    assert "_streamlit_user" not in cookies_of(page.context)


@pytest.mark.parametrize(
    ("user", "key"),
    [
        ("stranger", "signin.stranger"),
        ("suffix", "signin.stranger"),
        ("admin", "signin.stranger"),
        ("unverified", "signin.unverified"),
        ("claimed", "signin.unverified"),
    ],
)
def test_nobody_enters_who_is_not_named(user: str, key: str, site: Site) -> None:
    page = site.enter(user)
    expect(page.locator(".em-title")).to_contain_text(EN(key))
    assert is_shut_out(page)
    page.goto(site.address + "/sql?lang=en")
    expect(page.locator(".em-title")).to_contain_text(EN(key))
    assert is_shut_out(page)


@pytest.mark.parametrize(
    ("user", "asks_sql", "corrects"),
    [("reader", False, False), ("analyst", True, False), ("editor", True, True)],
)
def test_roles_may_what_they_may(user: str, asks_sql: bool, corrects: bool, site: Site) -> None:
    page = site.enter(user, "/document?document=a&lang=en")
    settle(page)
    assert (page.get_by_text(EN("correct.title"), exact=True).count() > 0) == corrects
    link = page.get_by_role("link", name=EN("correct.report"))
    assert link.get_attribute("href") == "https://tracker.example/new?document=a"
    page.goto(site.address + "/sql?lang=en")
    settle(page)
    assert (page.locator("[data-testid=stSidebarNav]").get_by_text(EN("page.sql"), exact=True).count() > 0) == asks_sql
    assert (EN("sql.title") in page.inner_text("body")) == asks_sql


def test_editor_corrects_and_the_row_bears_the_name(site: Site) -> None:
    page = site.enter("editor", "/document?document=a&lang=en")
    settle(page)
    page.get_by_text(EN("correct.title"), exact=True).click()
    choose(page, page.get_by_label(EN("correct.what")), EN("correct.field_document"))
    page.get_by_label(EN("correct.reason")).fill("not an announcement")
    page.get_by_label(EN("correct.reason")).press("Enter")
    page.get_by_role("button", name=EN("correct.record")).click()
    expect(page.get_by_text(EN("correct.recorded"))).to_be_visible(timeout=30_000)
    (row,) = read_corrections(site.corrections)
    assert (row.document_id, row.field, row.expected, row.value) == ("a", "document", SECRETS[3], "withdrawn")
    assert (row.author, row.reason) == ("edit@team.example", "not an announcement")
    page.goto(site.address + "/document?document=a&lang=en")
    expect(page.get_by_text(EN("correct.waiting"))).to_be_visible(timeout=30_000)


def test_revoked_user_is_out_at_the_next_interaction(site: Site) -> None:
    for touch in ("page", "fragment"):
        site.set()
        page = site.enter("leaver", "/timeline?lang=en")
        settle(page)
        site.set(refused='"leaver@team.example"')
        if touch == "page":
            page.locator("[data-testid=stSidebarNav]").get_by_text(EN("page.meetings"), exact=True).click()
        else:
            page.locator("[data-testid=stPopover] button").first.click()
        expect(page.locator(".em-title")).to_contain_text(EN("signin.stranger"), timeout=30_000)
        assert is_shut_out(page)
        page.reload()
        expect(page.locator(".em-title")).to_contain_text(EN("signin.stranger"), timeout=30_000)
        page.context.close()


def test_session_ends_when_its_time_is_over(site: Site) -> None:
    page = site.enter("reader", "/meetings?lang=en")
    settle(page)
    site.set(hours=0.0001)
    page.locator("[data-testid=stSidebarNav]").get_by_text(EN("page.timeline"), exact=True).click()
    expect(page.locator(".em-title")).to_contain_text(EN("signin.expired"), timeout=30_000)
    assert is_shut_out(page)
    page.get_by_role("button", name=EN("signin.button")).click()  # and one may come back
    page.wait_for_url("**/oauth2/authorize?*")
    site.set()
    page.get_by_role("button", name="reader", exact=True).first.click()
    settle(page)


def test_nobody_enters_when_the_settings_are_broken(site: Site) -> None:
    page = site.enter("editor", "/meetings?lang=en")
    settle(page)
    site.settings.write_text("[editor]\nemail = ['edit@team.example']")
    page.reload()
    expect(page.locator(".em-title")).to_contain_text(EN("signin.broken"), timeout=30_000)
    assert is_shut_out(page)


# --- past the door: the list of abuses -------------------------------------------------------------------------------


def test_forged_state_signs_nobody_in(site: Site) -> None:
    for state in ("", "forged", "_state_default_forged", "../../x"):
        answer = httpx.get(f"{site.address}/oauth2callback", params={"code": "stolen", "state": state})
        assert answer.status_code == 302 and answer.headers["location"] == "/"
        assert "_streamlit_user" not in answer.cookies


def test_replayed_or_handed_on_code_signs_nobody_in(site: Site) -> None:
    page = site.browser.new_context(locale="en-GB").new_page()
    callbacks: list[str] = []

    def note(request: Request) -> None:
        if "/oauth2callback?" in request.url:
            callbacks.append(request.url)

    page.on("request", note)
    page.goto(site.address + "/?lang=en")
    page.get_by_role("button", name=EN("signin.button")).click()
    page.get_by_role("button", name="editor", exact=True).click()
    page.wait_for_selector(".em-title")
    (callback,) = callbacks
    own = cookies_of(page.context)
    assert "_streamlit_user" in own
    for cookies in ({}, {name: value for name, value in own.items() if name != "_streamlit_user"}):
        answer = httpx.get(callback, cookies=cookies)
        assert answer.status_code == 302 and "_streamlit_user" not in answer.cookies
    victim = site.browser.new_context(locale="en-GB").new_page()  # a link that would sign others in as the sender
    victim.goto(callback)
    expect(victim.get_by_role("button", name=EN("signin.button"))).to_be_visible(timeout=30_000)


def test_code_that_was_not_redeemed_is_of_no_use_to_others(site: Site) -> None:
    page = site.browser.new_context(locale="en-GB").new_page()
    page.goto(site.address + "/?lang=en")
    page.get_by_role("button", name=EN("signin.button")).click()
    page.wait_for_url("**/oauth2/authorize?*")
    callback = httpx.post(page.url, data={"sub": "editor"}).headers["location"]
    assert callback.startswith(f"{site.address}/oauth2callback?code=")
    answer = httpx.get(callback)
    assert answer.status_code == 302 and "_streamlit_user" not in answer.cookies
    page.goto(callback)  # while it is good for whoever asked for it
    page.wait_for_selector(".em-title")
    assert "_streamlit_user" in cookies_of(page.context)


def test_direct_websocket_gets_nothing_without_sign_in(site: Site) -> None:
    for origin in ("", None):
        with open_stream(site.address, origin=origin) as stream:
            said = stream.run("lang=en") + stream.run("lang=en&document=a", "document")
            for page in ("sql", script_hash("sql"), script_hash("document"), script_hash("")):
                said += stream.run("lang=en&sql=SELECT+text+FROM+documents", page)
        assert EN("signin.title") in said
        assert not any(secret in said for secret in SECRETS)


def test_forged_cookies_are_nobody(site: Site) -> None:
    claims = {"email": "edit@team.example", "email_verified": True, "iat": 4e9, "origin": site.address}
    claims |= {"is_logged_in": True, "provider": "default"}
    value = json.dumps(claims)
    for forged in (
        value,
        create_signed_value("wrong secret", "_streamlit_user", value).decode(),
        create_signed_value(site.cookie_secret, "_streamlit_xsrf", value).decode(),  # signed for another use
        "chunks-1",
    ):
        token = "2|00000000|" + "0" * 32 + "|1"
        cookies = {"_streamlit_user": forged, "_streamlit_user_1": forged, "_streamlit_xsrf": token}
        with open_stream(site.address, cookies, xsrf=token) as stream:
            assert EN("signin.title") in stream.run("lang=en")
            assert not any(secret.encode() in stream.received for secret in SECRETS)


def test_cookie_is_of_no_use_from_another_site(site: Site) -> None:
    page = site.enter("editor")
    settle(page)
    cookies = cookies_of(page.context)
    token = cookies["_streamlit_xsrf"]
    for origin, xsrf in (("https://evil.example", token), (None, token), ("", "")):
        try:
            with open_stream(site.address, cookies, origin=origin, xsrf=xsrf) as stream:
                said = stream.run("lang=en", "meetings")
        except Exception as error:  # refused before it is opened
            assert "403" in str(error)
            continue
        assert EN("signin.title") in said
        assert not any(secret in said for secret in SECRETS)
    with open_stream(site.address, cookies, xsrf=token) as stream:  # but it is from our own
        stream.run("lang=en")
        assert "sql" in stream.pages


def test_session_of_another_is_not_taken_over(site: Site) -> None:
    page = site.enter("editor")
    settle(page)
    cookies = cookies_of(page.context)
    with open_stream(site.address, cookies, xsrf=cookies["_streamlit_xsrf"]) as owner:
        owner.run("lang=en")
        with open_stream(site.address, session_id=owner.session_id) as thief:
            said = thief.run("lang=en")
            assert thief.session_id != owner.session_id
        assert EN("signin.title") in said and not any(secret in said for secret in SECRETS)
    with open_stream(site.address, session_id=owner.session_id) as thief:  # nor once it is left
        said = thief.run("lang=en")
        assert thief.session_id != owner.session_id
    assert EN("signin.title") in said and not any(secret in said for secret in SECRETS)


def test_session_cannot_be_fixed_before_sign_in(site: Site) -> None:
    with open_stream(site.address) as attacker:
        attacker.run("lang=en")
        fixed = attacker.session_id
        page = site.browser.new_context(locale="en-GB").new_page()
        page.goto(site.address + "/?lang=en")
        before = cookies_of(page.context)
        page.get_by_role("button", name=EN("signin.button")).click()
        page.get_by_role("button", name="editor", exact=True).click()
        page.wait_for_selector(".em-title")
        after = cookies_of(page.context)
        assert "_streamlit_user" in after and "_streamlit_user" not in before
        with open_stream(site.address, after, session_id=fixed, xsrf=after["_streamlit_xsrf"]) as victim:
            victim.run("lang=en")
            assert victim.session_id != fixed  # signed in, one is given a session of one's own
        assert EN("signin.title") in attacker.run("lang=en")


@pytest.mark.parametrize(
    "query", ["role=editor", "access=editor", "user=edit@team.example&email_verified=true", "sign_in=0"]
)
def test_role_is_not_raised_through_the_url(query: str, site: Site) -> None:
    page = site.enter("reader")
    settle(page)
    cookies = cookies_of(page.context)
    with open_stream(site.address, cookies, xsrf=cookies["_streamlit_xsrf"]) as stream:
        first = stream.run(f"lang=en&{query}")
        assert "sql" not in stream.pages and "overview" in first.lower()
        for page_hash in (script_hash("sql"), script_hash(str(ROOT / "dashboard" / "app_pages" / "sql.py"))):
            said = stream.run(f"lang=en&{query}&sql=SELECT+42424242", page_hash)
            assert EN("sql.title") not in said and "42424242" not in said.replace("SELECT+42424242", "")
        stream.run(f"lang=en&{query}&document=a", "document")
        assert EN("correct.what") not in stream.widgets


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2f..%2fREADME.md",
        "/app/static/..%2f..%2faccess.toml",
        "/media/..%2f..%2f..%2fetc%2fpasswd",
        "/component/../../secrets.toml",
        "/_stcore/../../../etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/.streamlit/secrets.toml",
        "/access.toml",
    ],
)
def test_no_file_is_read_through_a_path(path: str, site: Site) -> None:
    target = httpx.URL(site.address).copy_with(raw_path=path.encode())
    answer = httpx.get(target)
    assert "root:" not in answer.text and site.cookie_secret not in answer.text
    assert "domains" not in answer.text and "make run" not in answer.text


def test_oversized_input_harms_nobody_else(site: Site) -> None:
    with open_stream(site.address) as stream:
        stream.run("lang=en&q=" + "a" * 200_000)
        assert EN("signin.title").encode() in stream.received
    with open_stream(site.address) as stream:
        try:
            stream.socket.send(b"\xff" * (40 << 20))
            stream.socket.recv(timeout=20)
        except Exception as error:
            assert not isinstance(error, AssertionError)
    answer = httpx.get(site.address + "/?" + "x=1&" * 15_000)
    assert answer.status_code in (200, 400, 414, 431)
    answer = httpx.put(f"{site.address}/_stcore/upload_file/none/none", files={"file": b"x" * (6 << 20)})
    assert answer.status_code in (400, 403, 413)
    assert is_healthy(site.address)
    with open_stream(site.address) as stream:
        assert EN("signin.title") in stream.run("lang=en")


def test_log_says_who_came_and_who_was_sent_away(site: Site) -> None:
    site.enter("reader")
    site.enter("stranger")
    said = site.log.read_text("utf-8")
    assert re.search(r"admitted reader@team\.example as viewer", said)
    assert re.search(r"refused who@elsewhere\.example: stranger", said)
    assert "Traceback" not in re.sub(r"(?s)OAuth token exchange failed.*?(?=\n\d{4}-|\Z)", "", said)


# --- the settings ----------------------------------------------------------------------------------------------------


CLAIMS = {"email": "A@Team.example", "email_verified": True, "iat": 1000.0}
ACCESS = Access(
    emails={"analyst": frozenset({"a@team.example"}), "editor": frozenset({"b@team.example"})},
    domains={"viewer": frozenset({"team.example"})},
    refused=frozenset({"c@team.example"}),
)


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({}, Visitor("analyst", "a@team.example")),
        ({"email": "b@team.example"}, Visitor("editor", "b@team.example")),
        ({"email": "d@team.example"}, Visitor("viewer", "d@team.example")),
        ({"email": "c@team.example"}, Refusal("stranger", "c@team.example")),
        ({"email": "a@sub.team.example"}, Refusal("stranger", "a@sub.team.example")),
        ({"email": "team.example"}, Refusal("unverified", "team.example")),
        ({"email": "x@evil.example@team.example"}, Refusal("unverified", "x@evil.example@team.example")),
        ({"email": ["b@team.example"]}, Refusal("unverified", "")),
        ({"email_verified": "true"}, Refusal("unverified", "a@team.example")),
        ({"email_verified": 1}, Refusal("unverified", "a@team.example")),
        ({"iat": None}, Refusal("expired", "a@team.example")),
        ({"iat": True}, Refusal("expired", "a@team.example")),
        ({"iat": 1000.0 - 12 * 3600 - 1}, Refusal("expired", "a@team.example")),
        ({"iat": 9e9}, Refusal("expired", "a@team.example")),
        ({"iat": float("nan")}, Refusal("expired", "a@team.example")),
    ],
)
def test_claims_decide(claims: dict[str, object], found: Visitor | Refusal) -> None:
    assert ACCESS.visitor(CLAIMS | claims, now=1000.0) == found


def test_each_role_may_what_those_below_it_may() -> None:
    allowed = {role: {right for right in RIGHTS if Visitor(role, "x").may(right)} for role in ROLES}
    assert allowed == {"viewer": {"read"}, "analyst": {"read", "sql"}, "editor": {"read", "sql", "correct"}}


@pytest.mark.parametrize(
    "text",
    [
        "sign_in = 1",
        "session_hours = true",
        "session_hours = 0",
        "session_hours = nan",
        "admins = ['a@b.example']",
        "[viewer]\nemails = 'a@b.example'",
        "[viewer]\nemails = ['b.example']",
        "[viewer]\ndomains = ['@b.example']",
        "[viewer]\ndomains = ['']",
        "[refused]\ndomains = ['b.example']",
        "viewer = 1",
        "report_link = 'javascript:alert(1)'",
        "[viewer",
    ],
)
def test_settings_are_refused_when_they_could_be_misread(text: str, tmp_path: Path) -> None:
    path = tmp_path / "access.toml"
    path.write_text(text)
    with pytest.raises(AccessError, match=r"access\.toml"):
        read_access(path)


def test_settings_that_come_along_let_nobody_correct() -> None:
    access = read_access(ROOT / ".streamlit" / "access.toml")
    assert (access.sign_in, access.local_visitor()) == (False, Visitor("analyst", "local"))
    assert ACCESS.report_url("a") == ""
    assert is_email("a@b") and not is_email("a b@c")


def test_every_fragment_asks_who_is_there() -> None:
    """Streamlit runs a fragment without the entry file."""
    fragments = {
        f"{path.name}: {node.name}": ast.unparse(node.body[1 if ast.get_docstring(node) else 0])
        for path in (ROOT / "dashboard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any("fragment" in ast.unparse(decorator) for decorator in node.decorator_list)
    }
    assert len(fragments) >= 2
    assert {name: first for name, first in fragments.items() if first != "refresh.hold(view)"} == {}

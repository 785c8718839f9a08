"""Who may enter and what they may do, as the settings file says. Imports nothing of ours and no Streamlit.

access = read_access(path)
visitor = access.visitor(claims, now)    # a Visitor, or a Refusal that says why
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

Role = Literal["viewer", "analyst", "editor"]  # each may what those before it may
Right = Literal["read", "sql", "correct"]
Reason = Literal["unverified", "stranger", "expired"]

ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: Mapping[Right, Role] = {"read": "viewer", "sql": "analyst", "correct": "editor"}
PAGE_RIGHTS: Mapping[str, Right] = {"sql": "sql"}  # of pages that ask for more than reading
CLOCK_SKEW_S = 120  # by which the provider's clock may be ahead of ours
SETTINGS = Path(__file__).resolve().parent.parent / ".streamlit" / "access.toml"


class AccessError(Exception):
    """The settings file cannot be understood: nobody enters."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may enter."""

    role: Role
    author: str  # as corrections name them: the e-mail, or local without sign-in

    def may(self, right: Right) -> bool:
        """Whether the role carries a right: each role has those of the ones before it."""
        return ROLES.index(self.role) >= ROLES.index(RIGHTS[right])

    def may_open(self, page: str) -> bool:
        """Whether the role may see a page."""
        return self.may(PAGE_RIGHTS.get(page, "read"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody who is signed in and may not enter."""

    reason: Reason
    email: str


@dataclass(frozen=True, slots=True)
class Access:
    """The settings file."""

    sign_in: bool = False
    session_hours: float = 12
    local_corrections: bool = False
    report_link: str = ""
    emails: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    domains: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    def local_visitor(self) -> Visitor:
        """Whoever opens a dashboard without sign-in."""
        return Visitor("editor" if self.local_corrections else "analyst", "local")

    def visitor(self, claims: Mapping[str, Any], now: float) -> Visitor | Refusal:
        """What somebody may, by the claims of their identity token; `now` in seconds since 1970."""
        email = claims.get("email")
        email = email.strip().lower() if isinstance(email, str) else ""
        if claims.get("email_verified") is not True or not is_email(email):
            return Refusal("unverified", email)
        issued = claims.get("iat")
        if isinstance(issued, bool) or not isinstance(issued, int | float):
            return Refusal("expired", email)
        if not -CLOCK_SKEW_S <= now - issued < self.session_hours * 3600:
            return Refusal("expired", email)
        role = self.role_of(email)
        return Visitor(role, email) if role else Refusal("stranger", email)

    def role_of(self, email: str) -> Role | None:
        """The highest role that names an e-mail or its domain."""
        if email in self.refused:
            return None
        domain = email.rpartition("@")[2]
        found = [role for role in ROLES if email in self.emails.get(role, ()) or domain in self.domains.get(role, ())]
        return found[-1] if found else None

    def report_url(self, document_id: str) -> str:
        """Where an error in a document is reported; '' where no link is set. `document_id` is hexadecimal."""
        return self.report_link.replace("{document}", document_id) if document_id.isalnum() else ""


def is_email(text: str) -> bool:
    """One @ with something before and a domain behind it, no blanks."""
    name, at, domain = text.partition("@")
    return bool(name and at and domain) and "@" not in domain and not any(c.isspace() for c in text)


def settings_file() -> Path:
    """The settings file: $ACCESS_FILE, else .streamlit/access.toml."""
    return Path(os.environ.get("ACCESS_FILE") or SETTINGS)


def read_access(path: Path) -> Access:
    """The settings. Raises AccessError naming the key where the file is missing, broken or has a key of no meaning."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AccessError(f"{path.name}: {error}; mend it, or copy the one that came with the dashboard") from error
    known: dict[str, type | tuple[type, ...]] = {
        "sign_in": bool,
        "session_hours": (int, float),
        "local_corrections": bool,
        "report_link": str,
    }
    lists = dict.fromkeys(ROLES, ("emails", "domains")) | {"refused": ("emails",)}
    for key, value in found.items():
        if key in lists:
            check_lists(path, key, value, lists[key])
        elif key not in known or not isinstance(value, known[key]) or (known[key] is not bool and value is True):
            raise AccessError(f"{path.name}: {key} = {value!r} is unknown or of the wrong type")
    hours = found.get("session_hours", 12)
    if not 0 < hours <= 24 * 30:
        raise AccessError(f"{path.name}: session_hours = {hours!r} must be more than 0 and at most 720")
    link = found.get("report_link", "")
    if link and urlsplit(link).scheme not in ("https", "http", "mailto"):
        raise AccessError(f"{path.name}: report_link = {link!r} must begin with https:// or mailto:")
    return Access(
        sign_in=found.get("sign_in", False),
        session_hours=hours,
        local_corrections=found.get("local_corrections", False),
        report_link=link,
        emails={role: lowered(found.get(role, {}).get("emails", ())) for role in ROLES},
        domains={role: lowered(found.get(role, {}).get("domains", ())) for role in ROLES},
        refused=lowered(found.get("refused", {}).get("emails", ())),
    )


def check_lists(path: Path, section: str, value: object, allowed: tuple[str, ...]) -> None:
    """Raises AccessError where a section is not a table of lists of e-mails or domains."""
    if not isinstance(value, dict):
        raise AccessError(f"{path.name}: [{section}] must be a section")
    for key, items in value.items():
        if key not in allowed or not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise AccessError(f"{path.name}: [{section}] {key} must be a list, one of {', '.join(allowed)}")
        for item in items:
            if not (is_email(item) if key == "emails" else item and "@" not in item and not item.startswith(".")):
                raise AccessError(f"{path.name}: [{section}] {key} has {item!r}, which is none")


def lowered(items: Any) -> frozenset[str]:
    """E-mails or domains as they are compared: trimmed, in lower case."""
    return frozenset(item.strip().lower() for item in items)

"""Find a Chromium for the browser tests, or install one: on the path, else Playwright's own, else Debian's package.

`python -m tests.chromium` prints the path, installing where there is none; `find_chromium()` only looks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")


def find_chromium() -> str | None:
    """Path of a Chromium: CHROMIUM from the environment, one on the path, or Playwright's download."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if own and Path(own).exists() else None


def install_with_playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False, timeout=300)


def install_with_apt() -> None:
    if not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False, env=quiet, timeout=300)
    subprocess.run(
        [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES],
        check=False,
        env=quiet,
        timeout=900,
    )


def main() -> int:
    for install in (None, install_with_playwright, install_with_apt):
        if install:
            print(f"No Chromium yet; trying {install.__name__.replace('_', ' ')}", file=sys.stderr)
            install()
        if found := find_chromium():
            print(found)
            return 0
    print(
        "No Chromium: the path has none, Playwright could not download its own and apt-get could not install one. "
        "Install one and name it: CHROMIUM=/path/to/chromium make test",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())

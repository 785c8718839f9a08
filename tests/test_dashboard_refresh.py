"""A newer build while somebody reads: the next run shows it and says so once; fragments never ask a build that went."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import builds
from dashboard.text import Text
from tests.small_warehouse import fill_small, publish_small
from warehouse.publish import new_build, publish, published_builds
from warehouse.settings import KEPT_BUILDS, ROOT

APP = str(ROOT / "dashboard" / "app.py")
WARNING = Text("en")("error.layout")
NOTICE = Text("en")("refresh.notice", date="", time="", n="")[:14]


def test_newer_build_is_shown_at_the_next_run_and_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    first = publish_small(tmp_path)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    assert [toast.value for toast in app.toast] == []
    second = publish_small(tmp_path)
    with builds.connect(str(first)).cursor() as cursor:  # whoever reads the older build goes on reading it
        assert cursor.execute("SELECT count(*) FROM documents").fetchall() == [(3,)]
    app.run()
    (toast,) = app.toast
    assert toast.value.startswith(NOTICE)
    assert app.session_state["build_read"].path == str(second)
    app.run()
    assert [toast.value for toast in app.toast] == []
    assert not app.exception


def test_builds_that_nobody_reads_are_removed_and_the_last_good_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    for _ in range(KEPT_BUILDS + 4):  # each is read, as a dashboard under refreshes does
        last = publish_small(tmp_path)
        assert AppTest.from_file(APP, default_timeout=60).run().exception == []
    kept = published_builds(tmp_path)
    assert kept[0] == last
    assert len(kept) <= 2 * KEPT_BUILDS


@pytest.mark.parametrize("is_current", [True, False])
def test_build_of_another_version_is_marked_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_current: bool
) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    with new_build(tmp_path) as build:
        fill_small(build.connection, build.build_id)
        if not is_current:
            build.connection.execute("UPDATE loads SET layout_version = 'older' || layout_version")
        publish(build)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    said = [element for element in app.get("html") if WARNING in element.proto.body]
    assert len(said) == (0 if is_current else 1)
    assert not app.exception

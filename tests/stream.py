"""A reader without a browser: speaks Streamlit's websocket, as an intruder or as one of many sessions would."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

MOST_BYTES = 64 << 20
PATIENCE_S = 120


@dataclass
class Stream:
    """An open session. `received`: everything that the server has said, as bytes."""

    socket: ClientConnection
    session_id: str = ""
    pages: dict[str, str] = field(default_factory=dict)  # url_path → page_script_hash of the navigation
    widgets: dict[str, str] = field(default_factory=dict)  # label → id of the widgets drawn
    received: bytes = b""

    def run(
        self, query: str = "", page: str = "", widgets: Mapping[str, object] | None = None, fragment: str = ""
    ) -> str:
        """Runs the app once; what it says in this run, as one text. `page`: a url_path or a page_script_hash."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = query
        state.page_script_hash = self.pages.get(page, page)
        for key, value in (widgets or {}).items():
            widget = state.widget_states.widgets.add()
            widget.id = key
            if isinstance(value, bool):
                widget.trigger_value = value
            else:
                widget.string_value = str(value)
        self.socket.send(message.SerializeToString())
        return self.read_run()

    def read_run(self) -> str:
        """Reads up to the end of a run."""
        said = []
        while True:
            data = self.socket.recv(timeout=PATIENCE_S)
            assert isinstance(data, bytes)
            self.received += data
            said.append(data.decode("utf-8", "replace"))
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            elif kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                drawn = getattr(element, element.WhichOneof("type") or "", None)
                if drawn is not None and getattr(drawn, "id", None) and getattr(drawn, "label", None):
                    self.widgets[drawn.label] = drawn.id
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return "\n".join(said)


def script_hash(page: str) -> str:
    """A page_script_hash as anyone can compute it: of the page's address."""
    return hashlib.md5(page.encode(), usedforsecurity=False).hexdigest()


@contextmanager
def open_stream(
    address: str,
    cookies: Mapping[str, str] | None = None,
    origin: str | None = "",
    session_id: str = "",
    xsrf: str = "",
) -> Iterator[Stream]:
    """A websocket to a dashboard. `origin`: that of the address if '', none if None."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())} if cookies else {}
    socket = connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address if origin == "" else origin,  # type: ignore[arg-type]
        subprotocols=["streamlit", xsrf or "none", *([session_id] if session_id else [])],  # type: ignore[list-item]
        additional_headers=headers,
        max_size=MOST_BYTES,
        max_queue=None,  # a full queue would keep the server's pings and pongs waiting until somebody reads
        open_timeout=PATIENCE_S,
    )
    with socket:
        yield Stream(socket)

"""What only the reader's browser can do: copy the address, bring words into view, hear a click on a directive.

Imports nothing of ours. The scripts are constants; what is handed to them (words, numbers) is data, never code.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_COPY = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
    } catch {  // a page that is served without TLS has no clipboard
      const field = document.createElement("textarea");
      field.value = window.location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = data.done;
    window.setTimeout(() => { button.textContent = data.label; }, 2000);
  };
}
"""
_COPY_STYLE = """
button { font: inherit; font-size: .84rem; line-height: 1.5; color: var(--st-link-color); background: none; border: 0;
  padding: 0; cursor: pointer; text-decoration: underline; text-underline-offset: .2em; text-decoration-thickness: 1px }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 3px; border-radius: 2px }
"""
_READ = """
export default function ({ data, setTriggerValue }) {
  for (const words of document.querySelectorAll(".em-reading [data-seq]")) {
    words.onclick = () => {
      if (String(window.getSelection())) return;  // the reader marks words to copy them
      if (words.dataset.seq !== data.chosen) setTriggerValue("directive", words.dataset.seq);
    };
  }
  for (const words of document.querySelectorAll(".em-reading")) {
    const wanted = words.querySelector(data.chosen ? ".em-chosen" : ".em-hit");
    const box = wanted?.getBoundingClientRect();
    if (box && (box.top < 60 || box.bottom > window.innerHeight - 20)) wanted.scrollIntoView({ block: "center" });
  }
}
"""


@st.cache_resource(show_spinner=False)
def _components() -> tuple[Callable[..., object], Callable[..., object]]:
    """The components, registered once a process."""
    return (
        st.components.v2.component("copy_address", html="<button type='button'></button>", css=_COPY_STYLE, js=_COPY),
        st.components.v2.component("read_directives", js=_READ),
    )


def copy_address(label: str, done: str, key: str) -> None:
    """A button that copies the address of the view."""
    _components()[0](key=key, data={"label": label, "done": done})


def follow_directives(chosen: int | None, choose: Callable[[str], None]) -> None:
    """Brings the chosen directive, or the first word searched for, into view, and hears clicks on directives.

    choose is a callback for their seq.
    """
    _components()[1](
        key="read_directives",
        data={"chosen": "" if chosen is None else str(chosen)},
        on_directive_change=lambda: choose(str(st.session_state["read_directives"].directive or "")),
    )

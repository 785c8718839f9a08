"""What only the reader's browser can do: copy the address, bring words into view, hear clicks on directives and drags.

Imports nothing of ours. The scripts are constants; what is handed to them (words, numbers) is data, never code.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_COPY = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  document.documentElement.lang = data.language;  // screen readers and fonts go by it
  button.textContent = data.label;
  button.hidden = false;  // not before it has a name
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
_COPY_BUTTON = "<button type='button' hidden></button>"
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
# Streamlit's own box selection would take the clicks from the marks, and a finger's scrolling from the page.
_BRUSH = """
export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.brushing?.abort();
  const brushing = parentElement.brushing = new AbortController();
  const listen = (name, act) => document.addEventListener(name, act, { signal: brushing.signal, capture: true });
  let drag = null;
  const end = () => { drag?.veil.remove(); drag = null; };
  listen("pointerdown", (event) => {
    const plot = event.target.closest?.(`.st-key-${data.element} .js-plotly-plot`);
    const axis = plot?._fullLayout?.xaxis, size = plot?._fullLayout?._size;
    if (!axis || event.pointerType !== "mouse" || event.button !== 0) return;
    const box = plot.getBoundingClientRect(), left = box.left + axis._offset, top = box.top + size.t;
    const at = event.clientX - left;
    if (at < 0 || at > axis._length || event.clientY < top || event.clientY > top + size.h) return;
    const veil = document.createElement("div");
    veil.style.cssText = `position:fixed;pointer-events:none;z-index:900;top:${top}px;height:${size.h}px;` +
      `background:${data.ink};opacity:.16;width:0`;
    document.body.append(veil);
    drag = { axis, left, veil, from: at, to: at };
  });
  listen("pointermove", (event) => {
    if (!drag) return;
    drag.to = Math.max(0, Math.min(drag.axis._length, event.clientX - drag.left));
    drag.veil.style.left = `${drag.left + Math.min(drag.from, drag.to)}px`;
    drag.veil.style.width = `${Math.abs(drag.to - drag.from)}px`;
  });
  listen("pointerup", () => {
    if (drag && Math.abs(drag.to - drag.from) > 8) {
      const days = [drag.from, drag.to].map((at) => String(drag.axis.p2d(at)).slice(0, 10)).sort();
      setTriggerValue("span", days);
    }
    end();
  });
  listen("pointercancel", end);
  return () => { end(); brushing.abort(); };
}
"""


@st.cache_resource(show_spinner=False)
def _components() -> tuple[Callable[..., object], ...]:
    """The components, registered once a process."""
    return (
        st.components.v2.component(
            "copy_address", html="<button type='button' hidden></button>", css=_COPY_STYLE, js=_COPY
        ),
        st.components.v2.component("read_directives", js=_READ),
        st.components.v2.component("brush_chart", js=_BRUSH),
    )


def copy_address(label: str, done: str, language: str) -> None:
    """A button that copies the address of the view; tells the browser the page's language (BCP 47) as well."""
    with st.container(key="share"):
        _components()[0](key="copy-address", data={"label": label, "done": done, "language": language})


def follow_directives(chosen: int | None, choose: Callable[[str], None]) -> None:
    """Brings the chosen directive, or the first word searched for, into view, and hears clicks on directives.

    choose is a callback for their seq.
    """
    _components()[1](
        key="read_directives",
        data={"chosen": "" if chosen is None else str(chosen)},
        on_directive_change=lambda: choose(str(st.session_state["read_directives"].directive or "")),
    )


def brush(element: str, ink: str, choose: Callable[[str, str], None]) -> None:
    """Hears a mouse dragged across the chart of a Streamlit element; choose is a callback for its two days, ISO."""
    key = f"brush-{element}"

    def chosen() -> None:
        days = st.session_state[key].span
        if isinstance(days, list) and len(days) == 2:
            choose(str(days[0]), str(days[1]))

    _components()[2](key=key, data={"element": element, "ink": ink}, on_span_change=chosen)

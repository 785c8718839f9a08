"""HTML out of text that anyone may have written. The only module that writes HTML; imports nothing of ours.

Whatever is not already Html is escaped, so forgetting is not possible: `tag("p", title)` shows <script> as the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

VOID_ATTRIBUTES = {"class_": "class", "for_": "for", "datetime_": "datetime"}


class Html(str):
    """Text that is HTML already: only this module's functions make it."""

    __slots__ = ()


def tag(name: str, *children: object, **attributes: str | None) -> Html:
    """An element: tag("b", "1 < 2") → <b>1 &lt; 2</b>. Children of None are left out; so are attributes of None."""
    inside = "".join(html(child) for child in children if child is not None)
    written = "".join(
        f' {VOID_ATTRIBUTES.get(key, key.replace("_", "-"))}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{inside}</{name}>")


def html(value: object) -> Html:
    """Text, escaped; Html as it is; several in a row joined."""
    if isinstance(value, Html):
        return value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return Html("".join(html(part) for part in value))
    return Html(escape(str(value), quote=True))


def is_web_address(url: object) -> bool:
    """Whether a URL may be linked to: http or https, with a host, and nothing that hides another."""
    if not isinstance(url, str) or any(ord(letter) <= 32 for letter in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def link(url: object, words: object) -> Html:
    """A link that opens elsewhere and tells no one where from; the words alone where the URL may not be linked to."""
    if not is_web_address(url):
        return tag("span", words)
    return tag("a", words, href=str(url), target="_blank", rel="noopener noreferrer nofollow")


def title(heading: str, line: str) -> Html:
    """The head of a page."""
    return tag("header", tag("h1", heading), tag("p", line), class_="em-title")


def chart_head(heading: str, line: str) -> Html:
    """What a chart counts, and its unit and n."""
    return tag("div", tag("h2", heading), tag("p", line), class_="em-chart")


def cards(rows: Iterable[tuple[str, str, str]]) -> Html:
    """Headline numbers of equal height: (label, number, what it rests on)."""
    return tag(
        "dl",
        [
            tag(
                "div",
                tag("dt", label),
                tag("dd", number),
                tag("dd", note, class_="em-small") if note else None,
                class_="em-card",
            )
            for label, number, note in rows
        ],
        class_="em-cards",
    )


def chips(rows: Iterable[tuple[str, str]]) -> Html:
    """Active filters: (name, values)."""
    return tag(
        "div",
        [tag("span", tag("b", name), values, class_="em-chip", title=values) for name, values in rows],
        class_="em-chips",
    )


def category_tags(rows: Iterable[tuple[str, str]]) -> Html:
    """Categories in their family's colour: (name, family)."""
    return html([tag("span", name, class_=f"em-tag em-{family}") for name, family in rows])


def note(*lines: object) -> Html:
    """A quiet remark."""
    return tag("div", [tag("div", line) for line in lines], class_="em-note")


def alert(*lines: object) -> Html:
    """A remark that should be seen."""
    return tag("div", [tag("div", line) for line in lines], class_="em-alert")


def facts(rows: Iterable[tuple[str, object, str | None]]) -> Html:
    """Fields with their evidence: (name, value, quotation)."""
    return tag(
        "dl",
        [
            tag(
                "div", tag("dt", name), tag("dd", value), tag("dd", tag("blockquote", quotation)) if quotation else None
            )
            for name, value, quotation in rows
        ],
        class_="em-facts",
    )


def entry(facts: Iterable[object]) -> Html:
    """Facts in a line: where it is too long, it breaks between two facts before it breaks within one."""
    rows = list(facts)
    spans = [tag("span", row, " ·" if i < len(rows) else "", class_="em-fact") for i, row in enumerate(rows, start=1)]
    return tag("p", *[part for span in spans for part in (span, " ")][:-1], class_="em-entry")


def event_list(rows: Iterable[tuple[str, object]]) -> Html:
    """Dated events: (date, words)."""
    return tag("ol", [tag("li", tag("time", date), tag("span", words)) for date, words in rows], class_="em-events")


def table(head: Iterable[tuple[str, str]], rows: Iterable[Iterable[object]]) -> Html:
    """A small table that screen readers can read: head (name, kind), kind is "", "n" for numbers, "d" for dates."""
    columns = list(head)
    kinds = [f"em-{kind}" if kind else None for _, kind in columns]
    return tag(
        "div",
        tag(
            "table",
            tag(
                "thead",
                tag("tr", [tag("th", name, class_=kind) for (name, _), kind in zip(columns, kinds, strict=True)]),
            ),
            tag(
                "tbody",
                [
                    tag("tr", [tag("td", cell, class_=kind) for cell, kind in zip(row, kinds, strict=True)])
                    for row in rows
                ],
            ),
            class_="em-table",
        ),
        class_="em-scroll",
    )


def page(title: str, parts: Iterable[object], *, style: str, language: str) -> Html:
    """A whole page to keep, which may fetch and run nothing. style comes from theme.py and holds no "<"."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = [
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Html('<meta name="viewport" content="width=device-width,initial-scale=1">'),
        tag("title", title),
        tag("style", Html(style.replace("<", ""))),
    ]
    return tag("html", tag("head", head), tag("body", tag("main", parts)), lang=language)


def markdown(words: str) -> str:
    """Text for a widget's label, which Streamlit reads as Markdown: every mark is escaped, line breaks are spaces."""
    flat = " ".join(words.split())
    return "".join(f"\\{letter}" if letter in MARKDOWN_MARKS else letter for letter in flat)


MARKDOWN_MARKS = frozenset("\\`*_{}[]()<>#+-.!|~:$&^=\"'@/")

"""The announcement out of a web page: visible text in lines, its headline and date from the head.

The page is read as a stream of events, so that neither depth nor unclosed tags matter, and in one pass. A line is a
block (paragraph, cell row, heading). Navigation, share bars and the like are left out where the page says what they
are, where most of a block is links, or where they stand outside the part that holds the article. Imports errors and
written_dates only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from lxml import etree

from etl.errors import DocumentError
from etl.written_dates import metadata_day

LONGEST_MARKUP = 8_000_000  # characters
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section table tbody tfoot thead tr ul"
)
CELLS = frozenset(("td", "th"))
HEADINGS = frozenset(("h1", "h2", "h3"))
UNSEEN = _names(
    "script style noscript template svg math iframe object embed applet canvas audio video map select button textarea"
    " head"
)
VOID = _names("area base br col embed hr img input link meta param source track wbr")
ASIDE = frozenset(("nav", "footer", "aside"))
# Words in class or id that say what a part is for; "content" or "article" beside them speaks against it.
FURNITURE = re.compile(
    r"(?:^|[^a-z])(?:nav|menu|navbar|navigation|breadcrumb|crumb|footer|foot|sidebar|share|bdshare|comment|comments|cmt|pinglun|reply|copyright"
    r"|copy|related|recommend|hot|rank|pager|pagination|login|search|qrcode|toolbar|topbar|friendlink|links|ad|ads|banner"
    r"|prevnext|weixin|tags|popup|modal|cookie)(?:$|[^a-z])",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)  # visibility: hidden is lifted by a script, as by WeChat's
SCRIPT_DATE = re.compile(
    r"[\"'](?:datePublished|pubDate)[\"']\s{0,4}:\s{0,4}[\"'](?P<written>20\d\d[^\"']{4,30})"
    r"|\b(?:ct|createTime|publish_time)\s{0,4}=\s{0,4}[\"'](?:(?P<seconds>1[5-7]\d{8})|(?P<day>20\d\d-[^\"']{4,30}))[\"']"
)
CHINA = timezone(timedelta(hours=8))
LISTED = re.compile(r"\s*[（(【]?\s*[\d一二三四五六七八九十①-⑳⑴-⒇第]")  # an item that brings its own number
DATED_BEHIND = re.compile(r"(?:发布|发表|更新|公开|添加|發[布佈]|發表|更新)(?:时间|日期|時間)\s?[:：]?\s?20\d\d")
DATE_NAMES = _names(
    "article:published_time pubdate publishdate publish-date publish_time og:release_date date dc.date datepublished"
    " weibo:article:create_at contentdate"
)
TITLE_NAMES = frozenset(("og:title", "articletitle", "title"))
LEAST_ARTICLE = 60  # characters that the chosen part must hold, else the whole page is taken
LEAST_SHARE = 0.5  # and its share of all running text
MOST_LINKS = 0.6  # share of a block's characters in links from which it is navigation


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says beside its furniture."""

    text: str  # lines of visible text
    title: str | None
    published_date: str | None  # ISO, from a meta tag, a script or a time element


@dataclass(slots=True)
class Block:
    """A line under construction."""

    element: int  # the element it stands in
    heading: bool
    aside: bool  # inside navigation, a footer or the like
    pieces: list[str] = field(default_factory=list)
    linked: int = 0  # characters inside links

    @property
    def text(self) -> str:
        """The line as a browser shows it."""
        return squeeze("".join(self.pieces))


def declared_charset(data: bytes) -> str | None:
    """What a meta tag or an XML declaration in the first bytes says; never trusted blindly."""
    m = CHARSET.search(data, 0, 4096) or re.search(rb"<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_-]{2,30})", data[:300])
    return m[1].decode("ascii") if m else None


def read_page(markup: str) -> WebPage:
    """The article of a page. Raises DocumentError where the markup is too long to be one."""
    if len(markup) > LONGEST_MARKUP:
        raise DocumentError(
            f"web page of {len(markup)} characters, at most {LONGEST_MARKUP} are read; save the text only"
        )
    events = PageEvents()
    parser = etree.HTMLParser(target=events, recover=True, remove_comments=True)
    try:
        parser.feed(markup.replace("\x00", ""))
        parser.close()
    except (etree.LxmlError, ValueError) as error:  # what libxml2 cannot recover from; what it read so far counts
        if not events.blocks:
            raise DocumentError(f"not readable as a web page: {error}; save the text only") from error
    events.end_block()
    blocks = [b for b in events.blocks if b.text]
    headline = events.meta_title or squeeze("".join(events.title)) or None
    chosen = _article(blocks, events.parents, headline)
    first = next((b.text for b in chosen if b.heading), None)
    if headline and first and len(first) >= 4 and first.replace(" ", "") in headline.replace(" ", ""):
        headline = first  # without the name of the site
    published = events.published or events.scripted or events.timed
    return WebPage("\n".join(b.text for b in chosen), headline, published)


class PageEvents:
    """Receives the parser's events and fills blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parents: list[int] = [-1]  # of each element seen; element 0 is the page
        self.title: list[str] = []
        self.meta_title: str | None = None
        self.published: str | None = None  # as a meta tag tells it,
        self.scripted: str | None = None  # as a script does (JSON-LD, WeChat),
        self.timed: str | None = None  # or as a time element
        self._items: list[int] = []  # of each ordered list that is open, how many items it has had
        self._number: int | None = None  # of the item that has no text yet
        self._in_script = False
        self._in_pre = 0
        self._open: list[tuple[str, int, str]] = []  # tag, element, and "unseen" or "aside" where that began with it
        self._unseen = 0
        self._aside = 0
        self._links = 0
        self._in_title = False
        self._block: Block | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens: a block may begin, a list counts on, and what is hidden or furniture is marked."""
        if not isinstance(tag, str):
            return
        if tag == "title" and not self._aside and not self.title:
            self._in_title = True
        elif tag == "meta":
            self._read_meta(attributes)
        elif tag == "time" and self.timed is None and not self._aside:
            self.timed = _day(attributes.get("datetime", ""))
        if tag in BLOCKS:
            self.end_block()
            self._open_list(tag)
        self._in_script = tag == "script"
        if tag in VOID:
            return
        element = len(self.parents)
        self.parents.append(self._open[-1][1] if self._open else 0)
        hides = tag in UNSEEN or "hidden" in attributes or bool(HIDDEN.search(attributes.get("style", "")))
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        aside = not hides and (
            tag in ASIDE
            or (tag != "body" and bool(FURNITURE.search(names)) and not re.search("content|article|main|text", names))
        )
        self._unseen += hides
        self._aside += aside
        self._links += tag == "a"
        self._open.append((tag, element, "unseen" if hides else "aside" if aside else ""))

    def end(self, tag: str) -> None:
        """A tag closes; one that is not the innermost open one ends its line and nothing else."""
        if not isinstance(tag, str):
            return
        if tag == "title":
            self._in_title = False
        self._in_script = False
        if tag in BLOCKS:
            self.end_block()
            if tag in ("ol", "ul") and self._items:
                self._items.pop()
            self._in_pre -= tag == "pre" and self._in_pre > 0
        elif tag in CELLS and self._block:
            self._block.pieces.append(" ")
        if tag in VOID or not self._open or self._open[-1][0] != tag:
            return
        _, _, began = self._open.pop()
        self._links -= tag == "a"
        self._unseen -= began == "unseen"
        self._aside -= began == "aside"

    def data(self, text: str) -> None:
        """A run of text, into the line, the title or the search for a date; a tag's text may come in several runs."""
        if self._in_title:
            self.title.append(text)
        if self._in_script and self.scripted is None:
            self.scripted = _date_in_script(text)
        if self._unseen:
            return
        if self._in_pre and "\n" in text:
            for line in text.split("\n"):
                self._add(line)
                self.end_block()
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._block is None:
            if not text or text.isspace():
                return
            element = self._open[-1][1] if self._open else 0
            heading = any(tag in HEADINGS for tag, _, _ in self._open[-4:])
            self._block = Block(element, heading, self._aside > 0)
            if self._number is not None:
                if not LISTED.match(text):
                    self._block.pieces.append(f"{self._number}. ")
                self._number = None
        self._block.pieces.append(text)
        if self._links:
            self._block.linked += len(text.strip())

    def comment(self, text: str) -> None:
        """Comments are not text."""

    def close(self) -> PageEvents:
        """The target itself, as the parser asks at its end."""
        return self

    def end_block(self) -> None:
        """Close the line under construction."""
        if self._block is not None:
            self.blocks.append(self._block)
            self._block = None

    def _open_list(self, tag: str) -> None:
        """Count the items of ordered lists: their numbers are seen, but stand nowhere in the markup."""
        if tag in ("ol", "ul"):
            self._items.append(0 if tag == "ol" else -1)
        elif tag == "pre":
            self._in_pre += 1
        elif tag == "li" and self._items and self._items[-1] >= 0:
            self._items[-1] += 1
            self._number = self._items[-1]

    def _read_meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = attributes.get("content", "")
        if name in DATE_NAMES and self.published is None:
            self.published = _day(content)
        elif name in TITLE_NAMES and self.meta_title is None:
            self.meta_title = squeeze(content) or None


def _day(written: str) -> str | None:
    """The day in the words of a tag, ISO; none before 2000, which systems write where they know none (0001-01-01)."""
    day = metadata_day(written)
    return day.isoformat() if day and day.year >= 2000 else None


def _date_in_script(text: str) -> str | None:
    """The day that JSON-LD or the script of a WeChat page gives as that of publication, in China's time."""
    found = SCRIPT_DATE.search(text)
    if found is None:
        return None
    if found["seconds"]:
        return datetime.fromtimestamp(int(found["seconds"]), CHINA).date().isoformat()
    return _day(found["written"] or found["day"])


def squeeze(text: str) -> str:
    """White space as a browser shows it; none where a line of the source breaks between Chinese characters."""
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])", "", text)
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" \xa0\u3000")


def _article(blocks: list[Block], parents: list[int], headline: str | None) -> list[Block]:
    """The blocks of the article: those of the part with most running text, from its headline on."""
    kept = [b for b in blocks if not b.aside and b.linked <= MOST_LINKS * len(b.text)]
    if not kept:
        kept = [b for b in blocks if not b.aside] or blocks
    running = {
        id(b): sum(b.text.count(mark) for mark in "，。；、,") * 10 + len(b.text) for b in kept if len(b.text) >= 15
    }
    weights: dict[int, float] = {}
    for b in kept:
        weight = running.get(id(b), 0)
        element, share = b.element, 1.0
        for _ in range(4):  # a paragraph speaks for what it stands in, less and less the further up
            if element < 0:
                break
            weights[element] = weights.get(element, 0) + weight * share
            element, share = parents[element], share * 0.75
    if not weights:
        return kept
    best = max(weights, key=lambda e: (weights[e], -e))
    return _from_headline(_around(kept, best, running, parents, headline), headline)


def _around(
    kept: list[Block], best: int, running: dict[int, int], parents: list[int], headline: str | None
) -> list[Block]:
    """The blocks in an element, with the headline above and the date below it; all where it holds too little."""
    inside = [i for i, b in enumerate(kept) if _within(b.element, best, parents)]
    held = sum(running.get(id(kept[i]), 0) for i in inside)
    if not inside or held < LEAST_ARTICLE or held < LEAST_SHARE * sum(running.values()):
        return kept
    first, last = inside[0], inside[-1]
    above = first
    for i in range(first - 1, max(-1, first - 12), -1):  # the headline stands above, with date and source between
        if kept[i].heading or _names_page(kept[i].text, headline):
            first = i
            break
        if above == i + 1 and "。" not in kept[i].text:
            above = i
    else:
        first = above  # no line is known as the headline: any line above that is no sentence may be it
    for i in range(last + 1, min(last + 3, len(kept))):
        if kept[i].heading:
            break
        if DATED_BEHIND.search(kept[i].text):
            last = i
    return kept[first : last + 1]


def _from_headline(blocks: list[Block], headline: str | None) -> list[Block]:
    """The blocks without those above the headline, such as notices of the site and excerpts of other pages."""
    at = next((i for i, b in enumerate(blocks) if _names_page(b.text, headline)), 0)
    before, behind = (sum(b.text.count("。") for b in part) for part in (blocks[:at], blocks[at:]))
    return blocks[at:] if 0 < before < behind else blocks


def _names_page(text: str, headline: str | None) -> bool:
    """Whether a line is the page's headline, with or without a label before it."""
    return headline is not None and any(len(words) >= 6 and words in headline for words in (text, *text.split()[:3]))


def _within(element: int, ancestor: int, parents: list[int]) -> bool:
    """Whether an element is the ancestor or lies in it, looking up at most 40 levels."""
    for _ in range(40):
        if element == ancestor:
            return True
        if element <= ancestor:
            return False
        element = parents[element]
    return False

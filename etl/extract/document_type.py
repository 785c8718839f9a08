"""Meeting, notice, report or other? Points that document_cues.tsv gives to title, lead and text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Literal

from etl.lexicon import Lexicon
from etl.lexicon.documents import DocumentCue
from etl.records import Document, DocumentType, Page

LEAD_LENGTH = 400
SHORT_LEAD = 60  # while the first paragraphs together are shorter, the next belongs to the lead too; five at most
LEAST = 0.75  # what words of the epidemic must count together: one that other work has too is not enough
DISEASE = 1.5  # what the name of another disease counts: "疫情" in the title may then be that disease's
OWN = 1.5  # what a word counts that no other disease shares: it decides in any title
DENSITY = 400  # characters that one word of the epidemic may stand for where the title has none
Written = Literal["meeting", "notice", "report", "essay"]
ORDER: tuple[Written, ...] = ("meeting", "notice", "report", "essay")


def classify(document: Document, page: Page, lexicon: Lexicon) -> DocumentType:
    """The type of a document: the one with most points, report where none has any.

    "other" where it is not about the epidemic response, or an essay on it, by which nobody orders anything.
    """
    title, lead, text = _zones(document, page)
    if not _is_about_epidemic(title, text, lexicon):
        return "other"
    points = weigh(title, lead, text, lexicon)
    best = max(ORDER, key=lambda kind: points[kind])
    if best == "essay" and points[best] > 0:
        return "other"
    return best if best != "essay" and points[best] > 0 else "report"


def weigh(title: str, lead: str, text: str, lexicon: Lexicon) -> dict[str, float]:
    """Points of each type, an essay being one.

    >>> weigh("市政府召开疫情防控会议", "", "会议要求，要守住底线。", load_lexicon())["meeting"]
    8.0
    """
    zones = {"title": title, "lead": lead, "text": text}
    cues = lexicon.document_cues
    return {kind: sum((cue.weight for cue in cues[kind] if cue.holds(zones[cue.zone])), 0.0) for kind in ORDER}


def _zones(document: Document, page: Page) -> tuple[str, str, str]:
    parts = [span.cut(document.text) for span in page.paragraphs]
    length = list(accumulate(len(part) for part in parts[:4]))
    short = sum(1 for n in length if n < SHORT_LEAD)
    lead = "\n".join(parts[: short + 1])[:LEAD_LENGTH]
    title = page.title.cut(document.text) if page.title else document.title or ""
    if all(len(word) == 1 for word in title.split()):
        title = "".join(title.split())  # 通 告
    return title, lead, "\n".join(parts)


def _is_about_epidemic(title: str, text: str, lexicon: Lexicon) -> bool:
    cues, elsewhere = lexicon.document_cues["epidemic"], lexicon.document_cues["other"]
    if any(c.weight >= OWN and c.pattern.search(title) for c in cues):
        return True
    if any(c.weight >= 1 and c.pattern.search(title) for c in cues) and not any(
        c.zone == "title" and c.weight >= DISEASE and c.pattern.search(title) for c in elsewhere
    ):
        return True
    words = _weights(cues, f"{title}\n{text}")
    enough = max(LEAST, len(text) / DENSITY)
    if (count := _add_until(words, enough)) < enough:
        return False
    zones = {"title": title, "text": text}
    enough += sum(c.weight * sum(1 for _ in c.pattern.finditer(zones[c.zone])) for c in elsewhere)
    return count >= enough or count + _add_until(words, enough - count) >= enough


def _weights(cues: tuple[DocumentCue, ...], text: str) -> Iterator[float]:
    """What each word of the epidemic counts; one that other work has too counts once, told by its first character."""
    for cue in cues:
        found = (match.group() for match in cue.pattern.finditer(text))
        for _ in found if cue.weight >= 1 else set(found):
            yield cue.weight


def _add_until(weights: Iterator[float], enough: float) -> float:
    """What the weights count together, as far as it takes to be enough."""
    count = 0.0
    for weight in weights:
        count += weight
        if count >= enough:
            break
    return count

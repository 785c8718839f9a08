"""Raw bytes to clean text: decode, strip damage, simplify, repair; with offsets back to the raw text."""

from __future__ import annotations

import hashlib
import re

from etl.errors import DocumentError
from etl.lexicon import Lexicon
from etl.normalise.characters import clean_characters
from etl.normalise.deleted import restore_deleted
from etl.normalise.draft import Draft
from etl.normalise.encoding import decode
from etl.normalise.fused import part_fused_times
from etl.normalise.html import WebPage, declared_charset, read_page
from etl.normalise.markdown import strip_markdown
from etl.normalise.pinyin import remove_pinyin
from etl.normalise.punctuation import fix_punctuation
from etl.normalise.script import detect_script, simplified
from etl.normalise.shifted import repair_shifted
from etl.records import Document, RawDocument, Script

TAG = re.compile("</?(?:p|br|div|section|h[1-6]|li|td|tr)(?=[\\s/>])", re.IGNORECASE)
LINE_END = re.compile("\n|</(?:p|div|section|h[1-6]|li)>", re.IGNORECASE)
MARKED_UP = 3  # such tags in a text: the body of a page, cut out of it with its markup


def normalise(raw: RawDocument, lexicon: Lexicon) -> Document:
    """The document in normalised text. Raises EncodingError, or DocumentError where no text is left.

    A web page's raw text is its visible text; its headline and date stand in where the metadata have none.
    """
    page, encoding = _decoded(raw)
    draft, script = normalise_text(page.text, markdown=raw.media_type == "text/markdown")
    if not draft.text.strip():
        raise DocumentError(f"no text: {len(raw.data)} bytes hold no visible character; check the file")
    title = raw.title or page.title
    return Document(
        source=raw.source,
        raw_text=page.text,
        text=draft.text,
        offsets=draft.offsets(),
        script=script,
        encoding=encoding,
        repairs=draft.repairs(),
        url=raw.url,
        title=normalise_text(title)[0].text.strip() or None if title else None,
        published_date=raw.published_date or page.published_date,
        raw_sha256=hashlib.sha256(raw.data).hexdigest(),
    )


def normalise_text(text: str, markdown: bool = False) -> tuple[Draft, Script]:
    """All steps on decoded text. What came out of step goes first, since its bytes must be as they were."""
    draft = repair_shifted(Draft(text, text))
    draft = clean_characters(draft)
    if markdown:
        draft = strip_markdown(draft)
    draft, readings = remove_pinyin(draft)
    script = detect_script(draft.text, readings)
    if script != "hans":
        draft = draft.recast(simplified(draft.text))
    draft = fix_punctuation(draft)
    return part_fused_times(restore_deleted(draft)), script


def _decoded(raw: RawDocument) -> tuple[WebPage, str]:
    """The text of any document as a page, and its encoding."""
    if raw.media_type != "text/html":
        text, encoding = decode(raw.data, raw.declared_encoding)
        return WebPage(_without_markup(text), None, None), encoding
    markup, encoding = decode(raw.data, raw.declared_encoding or declared_charset(raw.data))
    return read_page(markup), encoding


def _without_markup(text: str) -> str:
    """A text as a reader sees it, where it is the body of a page with its tags; other texts as they are."""
    if "<" not in text:
        return text
    markup = text.replace("<\\/", "</")  # as JSON writes it
    if len(TAG.findall(markup)) < MARKED_UP:
        return text
    return read_page(LINE_END.sub(r"\g<0><br>", markup)).text  # its tags may be cut too, its lines may count

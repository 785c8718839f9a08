"""Marks of Markdown off a text: ## 会议要求 → 会议要求. Imports draft only."""

from __future__ import annotations

import re

from etl.normalise.draft import Draft, Edit

LINE_START = re.compile(r"^[ ]{0,3}(?:#{1,6}[ \t]+|>[ ]?|[*+-][ \t]+(?=\S))", re.MULTILINE)
EMPHASIS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|__(?=\S)|(?<=\S)__|`")
IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)")
LINK = re.compile(r"\[([^\]\n]{1,120})\]\([^)\n]{0,300}\)")


def strip_markdown(draft: Draft) -> Draft:
    """The draft without headings' #, emphasis, quotation and list marks, images, and addresses of links."""
    draft = draft.edit([Edit(m.start(), m.end(), "") for m in IMAGE.finditer(draft.text)])
    edits = []
    for m in LINK.finditer(draft.text):
        edits += [Edit(m.start(), m.start(1), ""), Edit(m.end(1), m.end(), "")]
    draft = draft.edit(edits)
    draft = draft.edit([Edit(m.start(), m.end(), "") for m in LINE_START.finditer(draft.text)])
    return draft.edit([Edit(m.start(), m.end(), "") for m in EMPHASIS.finditer(draft.text)])

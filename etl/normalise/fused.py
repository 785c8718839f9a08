"""Dates and times that ran together. Imports draft only.

2020-02-0609:35 parts into 2020-02-06 09:35. A month and a day without their 月 (1022日) may be read in more than one
way and are only marked; the dates extractor decides by what else the text says.
"""

from __future__ import annotations

import re

from etl.normalise.draft import Draft, Edit

DATE_TIME = re.compile(r"(?<!\d)20\d\d([-/.年])(?:0\d|1[0-2])[-/.月](?:[0-2]\d|3[01])日?(?=[0-2]\d:[0-5]\d(?!\d))")
MONTH_DAY = re.compile(r"(?<![\d.])(?:1[0-2]|0?[1-9])(?:0[1-9]|[12]\d|3[01])日(?!内|均|志)")


def part_fused_times(draft: Draft) -> Draft:
    """The draft with a space between date and time, and marks on months and days without 月."""
    edits = [Edit(m.end(), m.end(), " ", "fused-time") for m in DATE_TIME.finditer(draft.text)]
    edits += [Edit(m.start(), m.end(), m[0], "fused-date-marked") for m in MONTH_DAY.finditer(draft.text)]
    return draft.edit(sorted(edits))

"""Dates and times that ran together. Imports draft only.

2020-02-0609:35 parts into 2020-02-06 09:35. A month and a day without their 月 (1022日) may be read in more than one
way and are only marked; the dates extractor decides by what else the text says.
"""

from __future__ import annotations

import re

from etl.normalise.draft import Draft, Edit

# Lookbehinds stand behind the first characters, so that the search can run from digit to digit.
DATE_TIME = re.compile(
    r"20(?<![0-9]20)[0-9]{2}[-/.年](?:0[0-9]|1[0-2])[-/.月](?:[0-2][0-9]|3[01])日?(?=[0-2][0-9]:[0-5][0-9](?![0-9]))"
)
DAY = re.compile(r"([0-9](?<![0-9.][0-9])[0-9]?)([0-9]{2})日(?!内|均|志)")


def part_fused_times(draft: Draft) -> Draft:
    """The draft with a space between date and time, and marks on months and days without 月."""
    edits = [Edit(m.end(), m.end(), " ", "fused-time") for m in DATE_TIME.finditer(draft.text)]
    for m in DAY.finditer(draft.text):
        month, day = int(m[1]), int(m[2])
        if 1 <= month <= 12 and 1 <= day <= 31:
            edits.append(Edit(m.start(), m.end(), m[0], "fused-date-marked"))
    return draft.edit(sorted(edits))

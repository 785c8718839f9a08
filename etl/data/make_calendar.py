"""Writes calendar_days.tsv: which days festivals, lunar days and first working days fell on, 2020-2022.

    python etl/data/make_calendar.py          # needs chinese-calendar (development only)

Spring Festivals and lengths of the twelfth lunar month are written out below; first working days are checked against
chinese-calendar, which knows the State Council's yearly holiday notices.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

SPRING_FESTIVALS = {2020: date(2020, 1, 25), 2021: date(2021, 2, 12), 2022: date(2022, 2, 1), 2023: date(2023, 1, 22)}
TWELFTH_MONTH_DAYS = {2020: 30, 2021: 30, 2022: 29, 2023: 30}
FIRST_MONTH_DAYS = {2020: 29, 2021: 29, 2022: 30, 2023: 29}
DIGITS = "一二三四五六七八九十"
FESTIVALS = {
    "元旦|元旦节|新年第一天": ("2020-01-01", "2021-01-01", "2022-01-01"),
    "清明|清明节": ("2020-04-04", "2021-04-04", "2022-04-05"),
    "五一|劳动节|五一劳动节|五一国际劳动节": ("2020-05-01", "2021-05-01", "2022-05-01"),
    "端午|端午节": ("2020-06-25", "2021-06-14", "2022-06-03"),
    "中秋|中秋节": ("2020-10-01", "2021-09-21", "2022-09-10"),
    "国庆|国庆节": ("2020-10-01", "2021-10-01", "2022-10-01"),
    "重阳节": ("2020-10-25", "2021-10-14", "2022-10-04"),
    "冬至": ("2020-12-21", "2021-12-21", "2022-12-22"),
    "腊八|腊八节": ("2020-01-02", "2021-01-20", "2022-01-10"),
}
SEASONS = {  # the middle of a period that a year is named with: 2020年冬季
    "冬季|冬春季|冬春|今冬明春|冬春季节": "12-25",
    "春季|春季学期|春季开学": "03-01",
    "夏季|暑期|暑假": "07-25",
    "秋季|秋冬季|秋季学期|秋冬": "10-01",
    "寒假": "01-25",
    "春运": "02-01",
    "高考|中考": "06-20",
    "进博会": "11-05",
    "服贸会": "09-03",
    "全国两会": "03-05",
}
WORKDAYS = {
    "春节": ("2020-02-03", "2021-02-18", "2022-02-07"),
    "元旦": ("2020-01-02", "2021-01-04", "2022-01-04"),
    "清明": ("2020-04-07", "2021-04-06", "2022-04-06"),
    "五一": ("2020-05-06", "2021-05-06", "2022-05-05"),
    "端午": ("2020-06-28", "2021-06-15", "2022-06-06"),
    "中秋": ("2021-09-22", "2022-09-13"),
    "国庆": ("2020-10-09", "2021-10-08", "2022-10-08"),
}


def numeral(day: int) -> str:
    """1 → 初一, 10 → 初十, 15 → 十五, 29 → 廿九."""
    if day <= 10:
        return "初" + DIGITS[day - 1]
    if day < 20:
        return "十" + DIGITS[day - 11]
    return {20: "二十", 30: "三十"}.get(day) or "廿" + DIGITS[day - 21]


def rows() -> list[tuple[str, str, str]]:
    """Rows of calendar_days.tsv: names joined by |, kind, ISO day; none after June 2023."""
    found: list[tuple[str, str, str]] = []
    for year, first in SPRING_FESTIVALS.items():
        eve = first - timedelta(1)
        for day in range(20, TWELFTH_MONTH_DAYS[year] + 1):
            on = first - timedelta(TWELFTH_MONTH_DAYS[year] + 1 - day)
            names = [f"腊月{numeral(day)}", f"腊月{numeral(day).replace('廿', '二十')}"]
            if on == eve:
                names += ["除夕", "年三十", "大年三十"]
            found.append(("|".join(dict.fromkeys(names)), "lunar", on.isoformat()))
        for day in range(1, FIRST_MONTH_DAYS[year] + 1):
            names = [f"正月{numeral(day)}"]
            if day <= 10:
                names += [f"大年{numeral(day)}", f"年{numeral(day)}"]
            if day == 15:
                names += ["元宵节", "元宵"]
            found.append(("|".join(names), "lunar", (first + timedelta(day - 1)).isoformat()))
        found.append(("春节|新春", "festival", first.isoformat()))
    found += [(names, "festival", day) for names, days in FESTIVALS.items() for day in days]
    found += [(names, "season", f"{year}-{day}") for names, day in SEASONS.items() for year in (2020, 2021, 2022)]
    found += [(name, "workday", day) for name, days in WORKDAYS.items() for day in days]
    return [row for row in found if row[2] < "2023-07"]


def check_workdays() -> None:
    """Raises AssertionError where chinese-calendar disagrees."""
    import chinese_calendar

    for days in WORKDAYS.values():
        for text in days:
            day = date.fromisoformat(text)
            assert chinese_calendar.is_workday(day), text
            assert not chinese_calendar.is_workday(day - timedelta(1)), text


HEADER = """# Days that a text names instead of a date: 2月3日（正月初十） or 节后第一个工作日 can tell its year.
# Source: make_calendar.py (lunar calendar written out; working days checked against chinese-calendar 1.11); 2026-11.
# column names: what the day is called, alternatives separated by |
# column kind: lunar (day of the lunar calendar) | festival | season (middle of a named period) | workday (first after)
# column date: the day, ISO
names\tkind\tdate
"""

if __name__ == "__main__":
    check_workdays()
    lines = ["\t".join(row) + "\n" for row in rows()]
    (Path(__file__).parent / "calendar_days.tsv").write_text(HEADER + "".join(lines), "utf-8")

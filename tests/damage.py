"""Damaged copies of sound announcements, as the real web has them: deterministic, by name of the damage and seed.

Each kind of damage says what it does to the text, by how many points a metric of the scorer may fall under it, and
what the labels of the copy are where the damage changes them (script, date).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from opencc import OpenCC
from pypinyin import Style, pinyin

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Damage:
    """A kind of damage: its name, what makes a copy out of a text, and what the copy must still give."""

    name: str
    apply: Callable[[str, Random], str]
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    tolerance: float = 0.02  # by which a metric may fall
    relabel: Callable[[dict[str, Any]], dict[str, Any]] = dict  # the copy's labels out of the original's

    def copy(self, text: str, key: str) -> bytes:
        """The damaged bytes of a document; the same for the same document."""
        return self.apply(text, Random(f"{self.name}/{key}")).encode(self.encoding, "replace")


TO_TRADITIONAL, TO_SIMPLIFIED = OpenCC("s2t"), OpenCC("t2s")
BANNED = re.compile("[一最领极级領極級]")
HALF_WIDTH = str.maketrans("，；：？！（）“”", ',;:?!()""')
RADICALS = str.maketrans("西见车长门青韦页风飞食马骨鬼鱼鸟麦黄齐龙民母", "⻄⻅⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻰⺠⺟")


def add_pinyin(text: str, random: Random) -> str:
    """上海市工商聯(lián): Traditional, every third converted character with its reading behind it."""
    traditional = TO_TRADITIONAL.convert(text)
    plain = TO_SIMPLIFIED.convert(traditional)
    readings = [r[0] for r in pinyin(list(traditional), style=Style.TONE, errors="default", heteronym=False)]
    out = []
    for before, after, reading in zip(plain, traditional, readings, strict=True):
        out.append(after)
        if before != after and reading != after and random.random() < 0.35:
            out.append(f"({reading})")
    return "".join(out)


def shift_gbk(text: str, random: Random) -> str:
    """A3 BF becomes 3F wherever it lies in the bytes; what follows falls out of step."""
    data = text.encode("gb18030").replace(b"\xa3\xbf", b"?")
    return data.decode("gb18030", "replace").replace("\ufffd", "?")


def delete_words(text: str, random: Random) -> str:
    """一, 最, 领, 极 and 级 are taken out everywhere."""
    return BANNED.sub("", text)


def double_commas(text: str, random: Random) -> str:
    """Every fourth comma stands twice."""
    return re.sub("[，、。]", lambda m: m[0] * (2 if random.random() < 0.25 else 1), text)


def narrow(text: str, random: Random) -> str:
    """Chinese punctuation in half width."""
    return text.translate(HALF_WIDTH)


def furnish(text: str, random: Random) -> str:
    """What a site puts around an article: clock, navigation, hits, share bar, other news, comments, copyright."""
    title, _, body = text.partition("\n")
    top = random.sample(["首页", "要闻", "政务公开", "专题专栏", "互动交流", "便民服务"], 4)
    hits = random.randint(100, 9999)
    return "\n".join(
        [
            f"今天是{random.choice([2023, 2024])}年{random.randint(1, 12)}月{random.randint(1, 28)}日 星期二",
            f"您当前的位置：首页 > {top[0]} > 正文",
            title,
            f"浏览次数：{hits}　字体：[大 中 小]",
            "分享到：微信 微博 QQ空间",
            body.strip("\n"),
            "【打印本页】 【关闭窗口】",
            "上一篇：没有了",
            "下一篇：没有了",
            "相关阅读",
            f"某地部署下一阶段疫情防控工作 2021-06-{random.randint(10, 28)}",
            "扫一扫在手机打开当前页",
            "网友评论",
            f"过路人 2022-11-{random.randint(10, 28)} 10:20",
            "说得好，就是要严格落实，大家一定要支持！",
            "回复 点赞(3)",
            "查看更多评论",
            f"Copyright © {random.choice(['2008', '2014', '2016'])} All Rights Reserved 版权所有 未经许可不得转载",
            f"ICP备{random.randint(10_000_000, 19_999_999)}号　服务热线：0{random.randint(10, 99)}-6{hits}888",
        ]
    )


def dress(text: str, random: Random) -> str:
    """A web page around it, with navigation, scripts, comments and a footer."""
    title, *lines = (html.escape(line) for line in text.strip("\n").split("\n"))
    paragraphs = "\n".join(f"<p>&emsp;&emsp;{line}</p>" for line in lines if line.strip())
    links = "".join(
        f"<li><a href='/{i}.html'>{name}</a></li>" for i, name in enumerate(["首页", "要闻", "公开", "服务"])
    )
    return f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{title}-某地门户网站</title>
<style>.a {{ color: red }}</style><script>document.write("<p>会议强调，要</p>")</script></head><body>
<div class="header"><ul class="nav">{links}</ul></div><div class="crumb">当前位置：<a href="/">首页</a> &gt; 要闻</div>
<div class="main"><h1>{title}</h1><div class="article">{paragraphs}</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div>
<div class="sidebar"><h3>热点推荐</h3><ul><li><a href="/9.html">某地召开会议部署重点工作</a></li></ul></div>
<div class="comments"><p>暂无评论，快来发表你的评论吧</p></div>
<div class="footer"><p>版权所有 某地门户网站 {random.choice([2009, 2015])}</p></div></body></html>"""


def swap_radicals(text: str, random: Random) -> str:
    """⻄ for 西, and letters and digits in full width."""
    text = text.translate(RADICALS)
    return re.sub("[0-9A-Za-z%]", lambda m: chr(ord(m[0]) + 0xFEE0), text)


def strew_invisibles(text: str, random: Random) -> str:
    """Zero-width and control characters, entities for spaces and quotation marks, Windows line ends."""
    text = "".join(c + (random.choice("\u200b\ufeff\u00ad\x02") if random.random() < 0.1 else "") for c in text)
    return text.replace("“", "&ldquo;").replace("”", "&rdquo;").replace(" ", "&nbsp;").replace("\n", "\r\n")


def remove_years(text: str, random: Random) -> str:
    """Every year goes: 2020年1月27日 is 1月27日, 2022-01-28 is 01-28, （2020年第3号） is （第3号）."""
    text = re.sub(r"(?<!\d)(?:20)?2[0-2]年(?=度?)", "", re.sub(r"(?<!\d)20(?:19|2[0-3])年?[-/.]?", "", text))
    return re.sub(r"二[〇○零]二[〇○零一二]年|(?:鼠|牛|虎|庚子|辛丑|壬寅)年", "", text)


def mirror(text: str, random: Random) -> str:
    """Several at once, as mirrors have them: furniture, words replaced and deleted, Traditional with pinyin."""
    return add_pinyin(delete_words(furnish(text, random).replace("政府", "中国"), random), random)


def in_traditional(gold: dict[str, Any]) -> dict[str, Any]:
    return gold | {"script": "hant-pinyin"}


def without_year(gold: dict[str, Any]) -> dict[str, Any]:
    return gold | {"meeting_date": None, "published_date": None}


DAMAGES = {
    damage.name: damage
    for damage in (
        Damage("pinyin", add_pinyin, relabel=in_traditional),
        Damage("gbk_shift", shift_gbk),
        Damage("deleted_words", delete_words, tolerance=0.05),
        Damage("doubled_commas", double_commas),
        Damage("half_width", narrow),
        Damage("furniture", furnish),
        Damage("web_page", dress, media_type="text/html", encoding="gb18030"),
        Damage("radicals", swap_radicals),
        Damage("invisibles", strew_invisibles),
        Damage("mirror", mirror, tolerance=0.05, relabel=in_traditional),
        Damage("no_years", remove_years, relabel=without_year),
    )
}

"""One designed look, light and dark: colours, type, and the style sheet. Imports nothing of ours; knows no Streamlit.

.streamlit/config.toml holds what Streamlit itself draws; a test keeps the two alike. The five family colours were
chosen by search: under simulated protanopia, deuteranopia and tritanopia no two come nearer than ΔE 20 (a test
measures it), and white seams part them where they stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ground = Literal["light", "dark"]
FAMILIES = ("containment", "health", "economy", "society", "governance")
FONTS = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one ground."""

    ground: Ground
    paper: str
    text: str
    muted: str  # secondary text, ticks
    line: str  # grids, borders
    void: str  # where no document is
    strip: str  # the coverage strip
    accent: str
    families: dict[str, str]
    entities: tuple[str, ...]  # of regions or bodies side by side, in order of choice

    def family(self, name: str | None) -> str:
        """The colour of a family; that of secondary text for none or an unknown one."""
        return self.families.get(name or "", self.muted)


LIGHT = Look(
    ground="light",
    paper="#FFFFFF",
    text="#1B242B",
    muted="#5D6975",
    line="#E3E8EC",
    void="#EEF1F3",
    strip="#B4C0CA",
    accent="#0A5A75",
    families=dict(zip(FAMILIES, ("#0A5A75", "#C9474F", "#E3A32E", "#7D52C4", "#93AEC2"), strict=True)),
    entities=("#0A5A75", "#C9474F", "#E3A32E", "#7D52C4", "#3E9C8F", "#8A5A2B", "#5B8DD9", "#5D6975"),
)
DARK = Look(
    ground="dark",
    paper="#11181D",
    text="#E6ECF0",
    muted="#9BA9B5",
    line="#2A353D",
    void="#1C262D",
    strip="#4A5A66",
    accent="#49C0CF",
    families=dict(zip(FAMILIES, ("#49C0CF", "#DE5E6A", "#F5C76A", "#A878F5", "#5F6C92"), strict=True)),
    entities=("#49C0CF", "#DE5E6A", "#F5C76A", "#A878F5", "#6FD3A8", "#C99A6B", "#82A9F0", "#9BA9B5"),
)
LOOKS: dict[Ground, Look] = {"light": LIGHT, "dark": DARK}


def faded(colour: str, opacity: float) -> str:
    """A colour with opacity: ('#0A5A75', 0.4) → 'rgba(10,90,117,0.4)'."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def mixed(colour: str, paper: str, share: float) -> str:
    """A colour with a share of the paper in it, opaque: ('#0A5A75', '#FFFFFF', 0.5) → '#84ACBA'."""
    pairs = [(int(colour[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(ink + (ground - ink) * share):02X}" for ink, ground in pairs)


def tints(colour: str, n: int, paper: str) -> list[str]:
    """A colour in n steps towards the paper, for groups that share it: ('#0A5A75', 2, '#FFFFFF') → full and half."""
    return [mixed(colour, paper, 0.68 * i / max(1, n - 1)) for i in range(n)] if n > 1 else [colour]


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG)."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(colour: str) -> str:
    """White or black, whichever contrasts more with a colour: always 4.5 to 1 or better."""
    return "#FFFFFF" if 1.05 / (luminance(colour) + 0.05) >= (luminance(colour) + 0.05) / 0.05 else "#000000"


# Words that only screen readers are to have.
UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"


def style_sheet(look: Look) -> str:
    """The style sheet of what markup.py writes, and of the few things that Streamlit's own theme cannot say."""
    families = "\n".join(
        f".em-{name}{{--family:{colour};--ink:{ink_on(colour)}}}" for name, colour in look.families.items()
    )
    return f"""
:root{{--em-text:{look.text};--em-muted:{look.muted};--em-line:{look.line};--em-accent:{look.accent};
--em-void:{look.void};--em-paper:{look.paper};--em-wash:{faded(look.accent, 0.09)}}}
{families}
.stMainBlockContainer{{padding:2.1rem 2.2rem 4rem;max-width:1240px;position:relative}}
.st-key-share{{position:absolute;top:.75rem;right:2.2rem;width:auto;z-index:5}}
[data-testid="stHeader"]{{background:transparent;height:2.6rem;min-height:2.6rem}}
[data-testid="stSidebarHeader"]{{height:2.4rem;padding-bottom:0;margin-bottom:0}}
.em-entry a,.em-events a,.em-facts a,.em-note a{{color:var(--em-accent);text-underline-offset:.2em;
text-decoration-thickness:1px}}
[data-testid="stSidebarUserContent"]{{padding-top:.4rem}}
[class*="st-key-head-"]{{margin-bottom:-.9rem}}
[class*="st-key-head-"]>[data-testid="stLayoutWrapper"]{{flex:0 0 auto;width:auto}}
[class*="st-key-menu-"] button p,.st-key-evidence-head [data-testid="stButton"] p{{{UNSEEN}}}
[data-testid="stMultiSelectTagsContainer"] [data-tag],[data-testid="stMultiSelectTagsContainer"] [data-tag] *{{
color:{ink_on(look.accent)}}}
[class*="st-key-entry-"]{{padding:.45rem 0 .5rem;border-bottom:1px solid var(--em-line)}}
[class*="st-key-entry-"] [data-testid="stPageLink"] a,[class*="st-key-entry-"] [data-testid="stPageLink"] a:hover
{{background:transparent;padding:0;min-height:0;margin:0}}
[class*="st-key-entry-"] [data-testid="stPageLink"] a *{{font-weight:600;color:var(--em-text);white-space:normal;
font-size:.97rem;line-height:1.5}}
[class*="st-key-entry-"] [data-testid="stPageLink"] a:hover *{{color:var(--em-accent);text-decoration:underline;
text-underline-offset:.2em;text-decoration-thickness:1px}}
.st-key-evidence{{position:fixed;inset:0 0 0 auto;width:27rem;z-index:999;background:var(--em-paper);overflow-y:auto;
border-left:1px solid var(--em-line);padding:1.1rem 1.2rem 2rem;box-shadow:-8px 0 28px rgba(10,20,30,.07)}}
.st-key-evidence-head{{position:sticky;top:-1.1rem;background:var(--em-paper);z-index:2;margin:-1.1rem 0 0;
padding:1.1rem 0 .5rem}}
[data-testid="stMain"]:has(.st-key-evidence){{padding-right:27rem}}
[class*="st-key-card-"]{{position:relative;padding:.6rem .5rem .65rem;margin:0 -.5rem;
border-bottom:1px solid var(--em-line)}}
[class*="st-key-card-"]:hover{{background:var(--em-wash)}}
[class*="st-key-card-"] p{{margin:.2rem 0 .1rem}}
[class*="st-key-card-"] [data-testid="stPageLink"] a{{background:transparent;padding:0;min-height:0;margin:0;
position:static}}
[class*="st-key-card-"] [data-testid="stPageLink"] a::after{{content:"";position:absolute;inset:0}}
[class*="st-key-card-"] [data-testid="stPageLink"] a *{{font-weight:600;color:var(--em-text);white-space:normal;
font-size:.88rem;line-height:1.45}}
.em-quotation{{margin:0;font-size:.95rem;line-height:1.75;color:var(--em-text);overflow-wrap:anywhere}}
.em-hit{{background:{faded("#E3A32E", 0.34)};color:inherit;border-radius:.2rem;padding:.05rem .1rem;
-webkit-box-decoration-break:clone;box-decoration-break:clone}}
.em-quotation del,.em-table del{{color:var(--em-muted);text-decoration-color:var(--em-muted)}}
.em-kwic{{display:grid;grid-template-columns:minmax(0,1fr) auto minmax(0,1.15fr);gap:.15rem;font-size:.95rem;
line-height:1.7;white-space:nowrap}}
.em-kwic span{{overflow:hidden;text-overflow:clip}}
.em-kwic span:first-child{{display:flex;justify-content:flex-end}}
.em-plain-tag{{display:inline-block;border:1px solid var(--em-line);border-radius:1rem;padding:0 .6rem;
font-size:.78rem;color:var(--em-muted);margin:.15rem .3rem .15rem 0;line-height:1.5;vertical-align:bottom}}
.em-entry{{color:var(--em-muted);font-size:.84rem;line-height:1.5;margin:.2rem 0 0;padding:0}}
.em-fact{{display:inline-block;max-width:100%}}
.st-key-options,.st-key-options-more{{row-gap:.7rem}}
.st-key-below{{row-gap:.2rem}}
[class*="st-key-chart-wide-"]{{overflow-x:auto}}
[class*="st-key-chart-wide-"] :is([data-testid="stFullScreenFrame"],[data-testid="stPlotlyChart"]){{min-width:660px}}
[class*="st-key-address"]{{display:none}}
.em-title h1{{font-size:1.55rem;line-height:1.3;font-weight:700;margin:0;padding:0;color:var(--em-text)}}
.em-title p{{color:var(--em-muted);margin:.15rem 0 0;font-size:.9rem;line-height:1.5}}
.em-cards{{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:.75rem}}
.em-card{{border:1px solid var(--em-line);border-radius:.5rem;padding:.7rem .9rem .75rem;display:flex;
flex-direction:column;gap:.1rem;min-width:0}}
.em-cards,.em-facts,.em-events,.em-card dt,.em-card dd,.em-facts dt,.em-facts dd{{margin:0!important;
padding:0!important}}
.em-card dt{{color:var(--em-muted);font-size:.82rem}}
.em-card dd{{font-size:1.6rem;font-weight:600;line-height:1.25;color:var(--em-text);
font-variant-numeric:tabular-nums}}
.em-card dd.em-small{{color:var(--em-muted);font-size:.78rem;line-height:1.4;font-weight:400}}
.em-chips{{display:flex;flex-wrap:wrap;gap:.35rem;align-items:center;font-size:.82rem;padding:0;margin:0}}
.em-chip{{background:var(--em-wash);color:var(--em-text);border-radius:1rem;padding:.12rem .65rem;max-width:100%;
overflow:hidden;text-overflow:ellipsis;white-space:nowrap}}
.em-chip b{{font-weight:400;color:var(--em-muted);margin-right:.3rem}}
.em-tag{{display:inline-block;background:var(--family,var(--em-muted));color:var(--ink,#fff);border-radius:1rem;
padding:.05rem .6rem;font-size:.78rem;margin:.15rem .3rem .15rem 0;line-height:1.5;white-space:nowrap;
max-width:100%;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom;box-sizing:border-box}}
.em-chart h2{{font-size:1.05rem;font-weight:650;line-height:1.4;margin:0;padding:0;color:var(--em-text)}}
.em-chart p{{color:var(--em-muted);font-size:.83rem;line-height:1.45;margin:.05rem 0 0}}
.em-note{{border-left:3px solid var(--em-line);padding:.25rem .8rem;color:var(--em-muted);font-size:.88rem;
line-height:1.6}}
.em-events{{columns:2 22rem;column-gap:2rem;margin:0;padding:0;list-style:none;font-size:.85rem;line-height:1.5}}
.em-events li{{break-inside:avoid;padding:.12rem 0;display:flex;gap:.6rem}}
.em-events time{{color:var(--em-muted);white-space:nowrap;font-variant-numeric:tabular-nums;min-width:6.6em}}
.em-reading{{font-size:1.02rem;line-height:2;max-width:46rem;color:var(--em-text);overflow-wrap:anywhere}}
.em-reading p{{margin:0 0 .9rem;white-space:pre-wrap}}
.em-directive{{box-shadow:inset 2px 0 0 var(--em-line);padding:.1rem .15rem .1rem .45rem;
-webkit-box-decoration-break:clone;box-decoration-break:clone}}
.em-directive.em-chosen{{background:var(--em-wash);box-shadow:inset 3px 0 0 var(--em-accent)}}
.em-reading.em-has-choice{{color:var(--em-text)}}
.em-reading.em-has-choice .em-directive:not(.em-chosen){{color:var(--em-muted)}}
.em-term{{background:var(--family,var(--em-accent));color:var(--ink,#fff);border-radius:.2rem;padding:.05rem .15rem;
-webkit-box-decoration-break:clone;box-decoration-break:clone}}
.em-directive:not(.em-chosen){{cursor:pointer}}
.em-shared{{text-decoration:underline;text-decoration-thickness:2px;text-decoration-color:var(--em-accent);
text-underline-offset:.25em}}
.em-repair{{text-decoration:underline dotted;text-decoration-color:var(--em-muted);text-underline-offset:.25em}}
.em-accuracy{{display:block;color:var(--em-muted);font-size:.76rem;line-height:1.5}}
.em-reading.em-both{{max-width:none;font-size:.95rem;line-height:1.85}}
.em-pair{{display:grid;grid-template-columns:1fr 1fr;gap:0 1.8rem;border-bottom:1px solid var(--em-line);
padding:.55rem 0}}
.em-pair p{{margin:0;min-width:0}}
.em-pair-head p{{color:var(--em-muted);font-size:.8rem;line-height:1.4}}
.em-number{{color:var(--em-accent);font-size:.72rem;vertical-align:super;line-height:1;margin-right:.15rem;
font-weight:600}}
.em-facts{{display:grid;gap:.65rem}}
.em-facts div{{min-width:0}}
.em-facts dt{{color:var(--em-muted);font-size:.8rem}}
.em-facts dd{{margin:0;font-size:.93rem;line-height:1.5;overflow-wrap:anywhere}}
.em-facts blockquote{{border-left:2px solid var(--em-line);margin:.15rem 0 0;padding:0 0 0 .6rem;
color:var(--em-muted);font-size:.82rem;line-height:1.5;overflow-wrap:anywhere}}
.em-alert{{background:{faded("#E3A32E", 0.16)};border-radius:.4rem;padding:.5rem .8rem;font-size:.86rem;
line-height:1.55;overflow-wrap:anywhere}}
.em-table{{width:100%;border-collapse:collapse;font-size:.88rem;line-height:1.5}}
.em-table th{{text-align:left;font-weight:500;color:var(--em-muted);border-bottom:1px solid var(--em-line);
padding:.35rem .6rem .35rem 0;vertical-align:bottom}}
.em-table td{{border-bottom:1px solid var(--em-line);padding:.4rem .6rem .4rem 0;vertical-align:top;
overflow-wrap:break-word}}
.em-table .em-n{{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}}
.em-table .em-d{{white-space:nowrap;font-variant-numeric:tabular-nums}}
.em-scroll{{overflow-x:auto}}
.em-scroll,[class*="st-key-chart-wide-"]{{background:linear-gradient(90deg,{look.paper} 30%,{faded(look.paper, 0)}),
linear-gradient(270deg,{look.paper} 30%,{faded(look.paper, 0)}) 100% 0,
linear-gradient(90deg,{faded(look.text, 0.22)},{faded(look.text, 0)}),
linear-gradient(270deg,{faded(look.text, 0.22)},{faded(look.text, 0)}) 100% 0;background-repeat:no-repeat;
background-size:36px 100%,36px 100%,12px 100%,12px 100%;background-attachment:local,local,scroll,scroll}}
.em-narrow{{display:none}}
@media (max-width:1700px){{
[data-testid="stMain"]:has(.st-key-evidence) [class*="st-key-pair-"] [data-testid="stColumn"]{{min-width:100%}}
[data-testid="stMain"]:has(.st-key-evidence) [class*="st-key-pair-"] [data-testid="stHorizontalBlock"]{{
flex-wrap:wrap;row-gap:1rem}}}}
@media (max-width:1180px){{.st-key-evidence{{inset:auto 0 0 0;width:auto;height:54vh;border-left:0;
border-top:1px solid var(--em-line);border-radius:.8rem .8rem 0 0;box-shadow:0 -8px 28px rgba(10,20,30,.14)}}
[data-testid="stMain"]:has(.st-key-evidence){{padding-right:0;padding-bottom:54vh}}
.stApp:has([data-testid="stSidebar"][data-collapsed="false"]) .st-key-evidence{{left:18rem}}
[class*="st-key-pair-"] [data-testid="stColumn"]{{min-width:100%}}
[class*="st-key-pair-"] [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]){{flex-wrap:wrap;
row-gap:1rem}}}}
@media (max-width:640px){{
.stApp:has([data-testid="stSidebar"][data-collapsed="false"]) .st-key-evidence{{left:0}}
[class*="st-key-chart-map"]{{max-height:calc(114vw + 16px);overflow:hidden}}
.stMainBlockContainer{{padding:3rem .9rem 3rem}}
.st-key-share{{top:.9rem;right:.9rem}}
.em-title h1{{font-size:1.3rem}}
.em-narrow{{display:block}}
.st-key-options .stElementContainer:has(> .stSelectbox){{min-width:100%}}
[data-testid="stHorizontalBlock"]:has(> .stColumn [class*="st-key-entry-"]){{gap:0}}
.em-cards{{grid-template-columns:1fr 1fr;gap:.5rem}}
.em-card{{padding:.5rem .7rem}}
.em-card dd:not(.em-small){{font-size:1.3rem}}
.em-events{{columns:1}}
.em-pair{{grid-template-columns:1fr;gap:.35rem}}
.em-pair p:last-child{{color:var(--em-muted);font-size:.9rem}}
.st-key-options button{{padding:.2rem .55rem;font-size:.86rem;min-height:2rem}}
.st-key-options label p{{font-size:.8rem}}
.st-key-options{{gap:.5rem .9rem}}
}}
"""


def brief_style(look: Look) -> str:
    """The style sheet of a brief: one A4 page where it fits, in the colours of the charts on the screen."""
    families = "".join(
        f".em-{name}{{--family:{colour};--ink:{ink_on(colour)}}}" for name, colour in look.families.items()
    )
    return f"""
@page{{size:A4;margin:10mm 12mm}}
*{{box-sizing:border-box;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
body{{margin:0;background:{look.paper};color:{look.text};font:12px/1.45 {FONTS}}}
main{{max-width:186mm;margin:0 auto;padding:6mm 0}}
a{{color:{look.accent}}}
h1{{font-size:20px;line-height:1.3;margin:0}} h2{{font-size:14px;margin:0}} h3{{font-size:12px;margin:0 0 1mm}}
p{{margin:0}} ul{{margin:2mm 0;padding-left:5mm}}
.em-title p,figcaption p,.em-entry,footer{{color:{look.muted};font-size:11px;overflow-wrap:anywhere}}
table{{width:100%;border-collapse:collapse;margin-top:3mm;font-variant-numeric:tabular-nums}}
th,td{{text-align:left;padding:1mm 2mm 1mm 0;border-bottom:1px solid {look.line};font-weight:400}}
th{{color:{look.muted}}} .em-n{{text-align:right}}
[data-charts]{{display:flex;gap:24px;align-items:start}}
figure{{margin:2mm 0;flex:1;min-width:0}} figure>svg{{display:block;width:100%;height:auto}}
.em-cited{{columns:2;column-gap:8mm;margin-top:2mm}} section{{break-inside:avoid;margin-bottom:3mm}}
blockquote{{margin:0;padding-left:2mm;border-left:2px solid {look.line};overflow-wrap:anywhere}}
{families}
.em-tag,.em-term{{background:var(--family);color:var(--ink);border-radius:2px;padding:0 1mm;font-weight:400}}
.em-tag{{font-size:11px}}
footer{{border-top:1px solid {look.line};margin-top:3mm;padding-top:2mm}}
@media screen{{main{{padding:8mm 5mm}}}}
@media print{{main{{padding:0}} .em-cited{{font-size:11px}}}}
"""

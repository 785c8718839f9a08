// The SQL editor's behaviour: colours, completion, the mark of an error, Ctrl+Enter. Text is only ever set as text.
// Called again whenever the page is drawn; what the reader has typed stays until the page sends another query. While the
// page is loading Streamlit may call it out of order, so that what the page said before comes last: it is passed over.

const KEYWORDS = new Set(
  `all and anti any as asc asof between by case cast cross desc describe distinct else end escape except exclude exists
  false fetch filter first following from full group having ilike in inner intersect interval is join last lateral left
  like limit natural not null nulls offset on or order outer over partition pivot positional preceding qualify range
  recursive replace right row rows sample select semi show similar summarize table tablesample then true unbounded union
  unpivot using values when where window with within`.split(/\s+/),
);
const TOKENS =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<parameter>\$\w+)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/gu;
const READS = new Set(["from", "join", "table", "describe", "summarize", "pivot", "unpivot"]);
const LONGEST_COLOURED = 20000; // characters
const MOST_NAMES = 8;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const part = (name) => parentElement.querySelector(`[data-part="${name}"]`);
  const field = part("field"), ink = part("ink"), gutter = part("gutter"), list = part("names"), note = part("note");
  if (data.said < Number(field.dataset.said ?? 0)) return;
  field.dataset.said = data.said;
  const relations = new Set(data.relations);
  const names = [...data.relations, ...data.columns, ...KEYWORDS];
  let offered = [], picked = -1;

  part("label").textContent = data.words.editor;
  part("run").textContent = data.words.run;
  part("explain").textContent = data.words.explain;
  part("limits").textContent = data.words.limits;
  list.setAttribute("aria-label", data.words.names);
  part("editor").hidden = false; // not before its parts have names
  for (const [name, colour] of Object.entries(data.colours)) {
    part("editor").style.setProperty(`--${name}`, colour);
  }
  field.maxLength = data.longest;
  if (field.dataset.known !== data.sql) {
    field.value = field.dataset.known = data.sql;
  }

  const kindOf = (found, previous) => {
    if (!found.word) return Object.keys(found).find((kind) => found[kind] !== undefined);
    const word = found.word.toLowerCase();
    if (relations.has(word) && READS.has(previous)) return "relation";
    return KEYWORDS.has(word) ? "keyword" : "word";
  };

  const spanOf = (text, kind) => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    return span;
  };

  const markedRange = () => {
    if (!data.mark || field.value !== data.sql) return [-1, -1];
    const lines = field.value.split("\n");
    const before = lines.slice(0, data.mark.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    const line = lines[data.mark.line - 1] ?? "";
    const start = Array.from(line).slice(0, data.mark.column - 1).join("").length;
    const length = /^[\p{L}\p{N}_]+/u.exec(line.slice(start))?.[0].length ?? 1;
    return [before + start, before + start + length];
  };

  const paint = () => {
    const text = field.value, pieces = [], [from, to] = markedRange();
    const add = (piece, at, kind) => {
      const cut = (a, b, wrong) => {
        if (b > a) pieces.push(spanOf(text.slice(a, b), wrong ? `${kind} wrong` : kind));
      };
      const end = at + piece.length, a = Math.min(Math.max(from, at), end), b = Math.min(Math.max(to, at), end);
      cut(at, a, false);
      cut(a, b, true);
      cut(b, end, false);
    };
    let last = 0, previous = "";
    for (const found of text.length > LONGEST_COLOURED ? [] : text.matchAll(TOKENS)) {
      add(text.slice(last, found.index), last, "plain");
      add(found[0], found.index, kindOf(found.groups, previous));
      previous = found.groups.word?.toLowerCase() ?? previous;
      last = found.index + found[0].length;
    }
    add(text.slice(last), last, "plain");
    ink.replaceChildren(...pieces, document.createTextNode("\n"));
    const lines = text.split("\n").length;
    gutter.textContent = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
    field.rows = Math.min(Math.max(lines, 7), window.innerWidth < 640 ? 14 : 22);
    note.textContent = text.length >= data.longest ? data.words.longest : "";
    follow();
  };

  const follow = () => {
    ink.style.transform = `translate(${-field.scrollLeft}px, ${-field.scrollTop}px)`;
    gutter.style.transform = `translateY(${-field.scrollTop}px)`;
  };

  const wordBefore = () => /[\p{L}_][\p{L}\p{N}_]*$/u.exec(field.value.slice(0, field.selectionStart))?.[0] ?? "";

  const close = () => {
    offered = [];
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    list.replaceChildren(
      ...offered.map((name, i) => {
        const item = document.createElement("li");
        item.id = `name-${i}`;
        item.role = "option";
        item.ariaSelected = String(i === picked);
        item.textContent = name;
        item.onmousedown = (event) => {
          event.preventDefault();
          accept(i);
        };
        return item;
      }),
    );
    const before = field.value.slice(0, field.selectionStart).split("\n");
    const ruler = spanOf(before.at(-1), "ruler");
    ink.append(ruler);
    const left = ruler.getBoundingClientRect().width - field.scrollLeft + field.offsetLeft;
    ruler.remove();
    const height = parseFloat(getComputedStyle(field).lineHeight);
    list.style.left = `${Math.max(0, Math.min(left, field.clientWidth - 180))}px`;
    list.style.top = `${before.length * height - field.scrollTop + 14}px`;
    list.hidden = false;
    if (picked >= 0) field.setAttribute("aria-activedescendant", `name-${picked}`);
  };

  const offer = (least) => {
    const word = wordBefore().toLowerCase();
    offered = word.length < least ? [] : names.filter((n) => n.startsWith(word) && n !== word).slice(0, MOST_NAMES);
    picked = -1;
    offered.length ? show() : close();
  };

  const accept = (i) => {
    const word = wordBefore();
    const isKeyword = !data.columns.includes(offered[i]) && !relations.has(offered[i]);
    const name = isKeyword && word === word.toUpperCase() ? offered[i].toUpperCase() : offered[i];
    field.setSelectionRange(field.selectionStart - word.length, field.selectionStart);
    close();
    document.execCommand("insertText", false, name); // unlike setting the value, it can be undone
    close();
  };

  const send = (explain) => {
    close();
    setTriggerValue("run", { sql: field.value, explain });
  };

  field.oninput = () => {
    paint();
    offer(2);
  };
  field.onscroll = follow;
  field.onblur = close;
  field.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send(false);
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      offer(0);
    } else if (!offered.length) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      picked = (picked + (event.key === "ArrowDown" ? 1 : offered.length) + (picked < 0 && event.key === "ArrowUp" ? 1 : 0)) % offered.length;
      show();
    } else if (event.key === "Tab" || (event.key === "Enter" && picked >= 0)) {
      event.preventDefault();
      accept(Math.max(picked, 0));
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key.startsWith("Arrow")) {
      close();
    }
  };
  part("run").onclick = () => send(false);
  part("explain").onclick = () => send(true);
  paint();
}

// A chart as one SVG of its own, from what Plotly has drawn on the page. Words are set as text nodes, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, words) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (words !== undefined) element.textContent = words;
  return element;
}

// Streamlit's class for the key of an element; a chart that was drawn anew has a number behind it.
function plotOf(key) {
  const known = new RegExp(`^st-key-chart-(wide-)?${key.replace(/[^\w-]/g, "")}(-\\d+)?$`);
  const holder = [...document.querySelectorAll('[class*="st-key-chart-"]')].find((element) =>
    [...element.classList].some((name) => known.test(name)));
  return holder?.querySelector(".js-plotly-plot") ?? null;
}

// Plotly's layers one above another, without those that only hear the pointer.
function layersOf(plot) {
  const width = plot._fullLayout.width, height = plot._fullLayout.height;
  const whole = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  for (const layer of plot.querySelectorAll(".main-svg")) {
    const copy = layer.cloneNode(true);
    for (const idle of copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer, .selectionlayer")) idle.remove();
    for (const group of copy.querySelectorAll("[clip-path], [fill^='url'], [style*='url(']")) {
      for (const name of ["clip-path", "fill", "style"]) {
        const value = group.getAttribute(name);  // a page with a base address would point elsewhere
        if (value?.includes("url(")) group.setAttribute(name, value.replace(/url\((['"]?)[^#)]*#/g, "url($1#"));
      }
    }
    for (const line of copy.querySelectorAll(".crisp")) line.setAttribute("shape-rendering", "crispEdges");
    for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    copy.removeAttribute("style");
    copy.setAttribute("overflow", "hidden");
    whole.append(copy);
  }
  return whole;
}

// Words in lines that fit: broken between words, and within one that is wider than a line.
function folded(words, font, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const fits = (line) => pen.measureText(line).width <= width;
  const parts = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(words)].map((part) => part.segment);
  const lines = [""];
  for (const part of parts) {
    for (const piece of fits(part) ? [part] : part) {
      if (fits(lines.at(-1) + piece)) lines[lines.length - 1] += piece;
      else lines.push(piece.trimStart());
    }
  }
  return lines.filter((line) => line.trim());
}

// The chart under its title and unit, above its filters and source.
function picture(plot, words, look) {
  const chart = layersOf(plot), edge = 20;
  const inner = Number(chart.getAttribute("width")), width = inner + 2 * edge;
  const whole = svg("svg", { xmlns: SVG, width, "font-family": look.fonts });
  whole.append(svg("title", {}, words.title));
  const ground = svg("rect", { width: "100%", height: "100%", fill: look.paper });
  whole.append(ground);
  let y = edge;
  const write = (text, size, weight, fill) => {
    for (const line of folded(text, `${weight} ${size}px ${look.fonts}`, inner)) {
      y += size * 1.4;
      const at = { x: edge, y, "font-size": size, "font-weight": weight, fill };
      whole.append(svg("text", at, line));
    }
  };
  write(words.title, 17, 700, look.text);
  write(words.line, 12.5, 400, look.muted);
  y += 12;
  chart.setAttribute("x", edge);
  chart.setAttribute("y", y);
  whole.append(chart);
  y += Number(chart.getAttribute("height")) + 6;
  for (const note of words.notes) write(note, 11, 400, look.muted);
  const height = Math.ceil(y + edge);
  whole.setAttribute("height", height);
  whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return whole;
}

function textOf(element) {
  return new XMLSerializer().serializeToString(element);
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

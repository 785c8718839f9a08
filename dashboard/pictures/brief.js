// The brief: a page that the server wrote, into which the charts of this page are set, each under its heading.

const WIDTH = 700;  // px: as wide as the text of an A4 page
const MOST = 2;
const LEAST = 0.6;  // of its size on the screen

// The chart drawn anew to fit its place; its words shrink no further than LEAST, then it runs on to a second page. The
// screen keeps its own.
async function fitted(plot, width, tallest) {
  if (!window.Plotly) return layersOf(plot);
  const place = document.createElement("div");
  place.className = "js-plotly-plot";
  place.style.cssText = `position:absolute;left:-9999px;width:${width}px`;
  document.body.append(place);
  const { data, layout } = structuredClone({ data: plot.data, layout: plot.layout });
  const height = plot._fullLayout.height, scale = Math.min(1, Math.max(LEAST, tallest / height));
  const size = { width: width / scale, height, autosize: false };
  await window.Plotly.newPlot(place, data, { ...layout, ...size }, { staticPlot: true });
  const chart = layersOf(place);
  window.Plotly.purge(place);
  place.remove();
  return chart;
}

async function filled(data) {
  const page = new DOMParser().parseFromString(data.page, "text/html");
  const place = page.querySelector("[data-charts]");
  const keyOf = (head) => [...head.classList].find((name) => name.startsWith("st-key-head-"))?.slice(12);
  const heads = [...document.querySelectorAll('[data-testid="stMain"] [class*="st-key-head-"]')];
  const drawn = heads.map((head) => ({ head, plot: plotOf(keyOf(head) ?? "") })).filter(({ plot }) => plot).slice(0, MOST);
  const width = drawn.length > 1 ? (WIDTH - 24) / 2 : WIDTH;
  for (const { head, plot } of drawn) {
    const figure = page.createElement("figure"), caption = page.createElement("figcaption");
    for (const [name, words] of [["h2", head.querySelector("h2")], ["p", head.querySelector("p")]]) {
      const line = page.createElement(name);
      line.textContent = words?.textContent ?? "";
      caption.append(line);
    }
    const chart = await fitted(plot, width, Number(place.dataset.charts));
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", head.querySelector("h2")?.textContent ?? "");
    figure.append(caption, page.importNode(chart, true));
    place.append(figure);
  }
  return new Blob(["<!doctype html>\n", page.documentElement.outerHTML], { type: "text/html" });
}

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.textContent = data.labels[button.dataset.kind];
    button.hidden = false;
    button.onclick = async () => {
      const page = button.dataset.kind === "open" ? window.open("", "_blank") : null;  // at once, or it is blocked
      const brief = await filled(data);
      if (page) page.location = URL.createObjectURL(brief);
      else give(brief, "brief.html");
    };
  }
}

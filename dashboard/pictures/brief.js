// The brief: a page that the server wrote, into which the charts of this page are set, each under its heading.

function filled(data) {
  const page = new DOMParser().parseFromString(data.page, "text/html");
  const place = page.querySelector("[data-charts]");
  for (const head of document.querySelectorAll('[data-testid="stMain"] [class*="st-key-head-"]')) {
    const key = [...head.classList].find((name) => name.startsWith("st-key-head-")).slice("st-key-head-".length);
    const plot = plotOf(key);
    if (!plot) continue;
    const figure = page.createElement("figure"), caption = page.createElement("figcaption");
    for (const [name, words] of [["h2", head.querySelector("h2")], ["p", head.querySelector("p")]]) {
      const line = page.createElement(name);
      line.textContent = words?.textContent ?? "";
      caption.append(line);
    }
    const chart = layersOf(plot);
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
    button.onclick = () => {
      const brief = filled(data);
      if (button.dataset.kind === "save") give(brief, "brief.html");
      else window.open(URL.createObjectURL(brief), "_blank");
    };
  }
}

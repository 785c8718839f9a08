// Two buttons: the chart as PNG and as SVG, with its title, unit, filters and source in the picture.

async function rastered(whole) {
  const width = Number(whole.getAttribute("width")), height = Number(whole.getAttribute("height"));
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([textOf(whole)], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

export default function ({ parentElement, data }) {
  for (const button of parentElement.querySelectorAll("button")) {
    const kind = button.dataset.kind;
    button.textContent = data.labels[kind];
    button.hidden = false;
    button.onclick = async () => {
      const plot = plotOf(data.chart);
      if (!plot) return;
      const whole = picture(plot, data.words, data.look);
      const blob = kind === "png" ? await rastered(whole) : new Blob([textOf(whole)], { type: "image/svg+xml" });
      give(blob, `${data.chart}.${kind}`);
    };
  }
}

// Saving: the links with their quotes, the nodes with their measures, and the picture as PNG.
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

// "around-trastuzumab-deruxtecan_2026-11-22_her2kg-0.1.0.svg"
function fileName(ending) {
  const title = data.title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 80) || "network";
  return `${title}_${today()}_her2kg-${data.version.replace(/[^\w.+-]/g, "")}${ending}`;
}

// What a saved picture says of itself.
function sourceLine() {
  return `her2kg ${data.version} · ${today()} · ${document.getElementById("count").textContent}`;
}

function savePicture() {
  const drawn = document.querySelector("#picture canvas");
  const copy = make("canvas", { width: drawn.width, height: drawn.height });
  const scale = drawn.width / drawn.clientWidth || 1;
  const pen = copy.getContext("2d");
  pen.fillStyle = state.look.paper;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  pen.fillStyle = state.look.soft;
  pen.textAlign = "right";
  pen.font = `${11 * scale}px system-ui, 'DejaVu Sans', sans-serif`;
  pen.fillText(`${shown(data.title)} · ${sourceLine()}`, copy.width - 8 * scale, copy.height - 8 * scale);
  copy.toBlob((blob) => save(blob, fileName(".png")), "image/png");
}

function linksTable() {
  const rows = [["subject", "verb", "object", "negated", "certainty", "appraisal", "context", "kind", "bridge", "quote", "section", "paper",
    "paper IRI", "role", "subject IRI", "predicate", "object IRI"]];
  for (const link of visibleLinks()) {
    for (const quote of link.quotes.length ? link.quotes : [null]) {
      rows.push([nodes[link.from].label, words(link, false), nodes[link.to].label, link.negated, link.certainty, link.appraisal, link.context,
        link.kind, link.bridge, ...(quote === null ? ["", "", "", "", ""] : data.quotes[quote]), nodes[link.from].iri, link.predicate,
        nodes[link.to].iri]);
    }
  }
  return csv(rows);
}

function nodesTable() {
  const names = ["links", "degree_centrality", "betweenness", "pagerank", "community", "bridges"];
  const rows = data.nodes.map((_, id) => id).filter(isShown).map((id) => [nodes[id].label, classOf[nodes[id].cls].name,
    homeOf[id] === null ? "" : nodes[homeOf[id]].label, ...names.map((name) => nodes[id].measures[name]), nodes[id].iri]);
  return csv([["label", "class", "group", ...names, "IRI"], ...rows]);
}

function saveTable(text, ending) {
  save(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), fileName(ending));
}

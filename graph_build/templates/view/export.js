// Saving: the picture as PNG, the links with their quotes as CSV.
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function fileName(ending) {
  return (data.title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase() || "network") + ending;
}

function savePicture() {
  const drawn = document.querySelector("#picture canvas");
  const copy = make("canvas", { width: drawn.width, height: drawn.height });
  const pen = copy.getContext("2d");
  pen.fillStyle = state.look.paper;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  copy.toBlob((blob) => save(blob, fileName(".png")), "image/png");
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
function cell(value) {
  const plain = String(value);
  const safe = /^[\s\u0000]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(plain) ? "'" + plain : plain;
  return '"' + safe.replaceAll('"', '""') + '"';
}

function table() {
  const rows = [["subject", "verb", "object", "negated", "certainty", "appraisal", "context", "kind", "quote", "section", "paper",
    "paper IRI", "role", "subject IRI", "predicate", "object IRI"]];
  for (const link of visibleLinks()) {
    for (const quote of link.quotes.length ? link.quotes : [null]) {
      rows.push([nodes[link.from].label, link.verb, nodes[link.to].label, link.negated, link.certainty, link.appraisal, link.context,
        link.kind, ...(quote === null ? ["", "", "", "", ""] : data.quotes[quote]), nodes[link.from].iri, link.predicate, nodes[link.to].iri]);
    }
  }
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function saveTable() {
  save(new Blob(["\ufeff", table()], { type: "text/csv;charset=utf-8" }), fileName(".csv"));
}

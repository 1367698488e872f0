// Saving what is shown: the evidence as CSV, its papers for reference managers, the query of a panel.
function save(content, type, name) {
  const today = new Date().toISOString().slice(0, 10);
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: `her2kg-${name.replace(".", `-${data.version}-${today}.`)}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const COLUMNS = ["quote", "subject", "verb", "object", "context", "negated", "certainty", "appraisal", "appraisal word", "study", "phase", "paper", "title",
  "year", "address", "role", "section", "reference", "document", "start", "end", "negation cue", "hedge cue", "rule", "confidence", "statement"];

function table(found) {
  const lines = [COLUMNS];
  for (const { quote, says } of [...found].sort(SORTS[state.sort][1])) {
    const paper = things[quote.paper];
    for (const said of says) {
      const { what } = said;
      const study = things[what.s].cls === "Study" ? things[what.s] : null;
      lines.push([quote.text, things[what.s].label, verb(what), things[what.o].label, what.context.map((id) => things[id].label).join("; "),
        Boolean(what.negated), what.certainty, what.appraisal, said.word, study?.label, study?.phases?.join("; "), paper.label, paper.title, quote.year,
        paper.url, roleOf(quote, said), quote.section, quote.reference, things[quote.document].iri, quote.start, quote.end,
        said.negation, said.hedge, said.rule, said.confidence, what.iri]);
    }
  }
  return csv(lines);
}

function papersOf(found) {
  const ids = [...new Set(found.map((hit) => hit.quote.paper))];
  return ids.map((id) => things[id]).sort((a, b) => a.label.localeCompare(b.label, "en") || a.id - b.id);
}

const SAVES = {
  csv: (found) => save("\ufeff" + table(found), "text/csv;charset=utf-8", "evidence.csv"),
  ris: (found) => save(papersOf(found).map((paper) => paper.ris || "").join(""), "application/x-research-info-systems", "papers.ris"),
  bib: (found) => save(papersOf(found).map((paper) => paper.bib || "").join("\n"), "application/x-bibtex", "papers.bib"),
};

// The query of a panel: opened in the editor where there is one, else shown to be copied.
function showQueries() {
  for (const link of document.querySelectorAll("[data-query]")) {
    const query = queryOf(link.dataset.query);
    if (data.addresses.query) link.href = data.addresses.query + encodeURIComponent(query);
    else {
      link.href = "#";
      link.onclick = (event) => {
        event.preventDefault();
        byId("query-text").value = query;
        byId("query").showModal();
      };
    }
  }
}

async function copy(value, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}

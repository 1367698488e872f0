// Papers by year: those that report a study, others, and reviews apart from both.
const KINDS = [["review", "review", "reviews"], ["other", "other paper", "other papers"],
  ["study", "paper that reports a study", "papers that report a study"]];

function kindOf(paper) {
  if (things[paper].review) return "review";
  return reporting.has(paper) ? "study" : "other";
}

function papersByYear() {
  const found = new Map(years.map((year) => [year, new Map()]));
  for (const hit of hits("year")) {
    if (!hit.quote.year) continue;
    found.get(hit.quote.year).set(hit.quote.paper, kindOf(hit.quote.paper));
  }
  return found;
}

function showTimeline() {
  const found = papersByYear();
  const most = Math.max(1, ...[...found.values()].map((papers) => papers.size));
  const all = [];
  for (let year = Number(years[0]); year <= Number(years[years.length - 1]); year += 1) all.push(String(year));
  const focused = document.activeElement?.closest?.("#bars button")?.dataset.year;
  const bars = all.map((year) => {
    const papers = [...(found.get(year) || new Map()).values()];
    const parts = KINDS.map(([kind, one, many]) => {
      const count = papers.filter((paper) => paper === kind).length;
      return [kind, plural(count, one, many), count];
    }).filter((part) => part[2]);
    const inside = (!state.from || year >= state.from) && (!state.to || year <= state.to);
    const only = state.from === year && state.to === year;
    const bar = make("button", {
      type: "button", className: "bar" + (inside ? "" : " outside"), "data-year": year, disabled: !papers.length,
      "aria-pressed": String(only), "aria-label": `${year}: ${parts.map((part) => part[1]).join(", ") || "no paper"}`,
      title: `${year}\n${parts.map((part) => part[1]).join("\n")}`,
      onclick: () => change(only ? { from: "", to: "" } : { from: year, to: year }),
    });
    const stack = make("span", { className: "stack" });
    for (const [kind, , count] of parts) {
      const part = make("span", { className: "part " + kind });
      part.style.height = (82 * count) / most + "%"; // room for the number above
      stack.append(part);
    }
    if (papers.length) stack.prepend(make("span", { className: "number", textContent: papers.length }));
    bar.append(stack, make("span", { className: "year", textContent: "’" + year.slice(2) }));
    return bar;
  });
  byId("bars").replaceChildren(...bars);
  if (focused) byId("bars").querySelector(`[data-year="${focused}"]`)?.focus();
}

// Left and right go from year to year.
function timelineKeys(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  const bars = [...byId("bars").querySelectorAll("button:not([disabled])")];
  bars[bars.indexOf(document.activeElement) + step]?.focus();
  event.preventDefault();
}

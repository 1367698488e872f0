// One way round: a choice changes the state, the state is written into the address and shown everywhere.
let found = [];

function show() {
  found = hits();
  showFacets();
  showChips();
  showSummary(found);
  showMap();
  showTimeline();
  showTable(found);
  showQueries();
  document.documentElement.dataset.hits = found.length;
}

function change(next, typing = false) {
  const before = state;
  state = { ...state, ...next };
  most = STEP;
  const address = written();
  const step = typing && before.text ? "replaceState" : "pushState"; // one step back for a word, not for a letter
  history[step](null, "", address ? "#" + address : location.pathname + location.search);
  show();
}

// An address that begins with "#/" is a page of its own, where this page holds such pages.
function fromAddress() {
  if (location.hash.startsWith("#/")) return;
  state = read(location.hash.slice(1));
  most = STEP;
  show();
}

// A place on somebody's disk says nothing to others: then what it is and what is chosen.
function permalink() {
  if (data.addresses.base) return data.addresses.base + location.hash;
  if (location.protocol !== "file:") return location.href;
  return `${document.title} (her2kg ${data.version}), ${location.hash || "everything"}`;
}

function connect() {
  byId("search").addEventListener("input", () => { at = -1; showFindings(); });
  byId("search").addEventListener("keydown", searchKeys);
  byId("search").addEventListener("blur", () => { byId("findings").hidden = true; });
  byId("search").addEventListener("focus", showFindings);
  byId("bars").addEventListener("keydown", timelineKeys);
  byId("map-table").addEventListener("keydown", mapKeys);
  byId("others").addEventListener("change", () => change({ others: byId("others").checked }));
  byId("sort").append(...Object.entries(SORTS).map(([value, [name]]) => make("option", { value, textContent: name })));
  byId("sort").addEventListener("change", () => change({ sort: byId("sort").value }));
  byId("more").addEventListener("click", () => {
    const first = byId("rows").children.length;
    most += STEP;
    showTable(found);
    byId("rows").children[first]?.querySelector("a, button")?.focus();
  });
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => SAVES[button.dataset.save](found));
  byId("link").addEventListener("click", () => copy(permalink(), byId("link")));
  byId("query-copy").addEventListener("click", () => copy(byId("query-text").value, byId("query-copy")));
  byId("query-close").addEventListener("click", () => byId("query").close());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && byId("search").offsetParent) {
      event.preventDefault();
      byId("search").focus();
    }
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address holds the choices
    byId("evidence").focus();
    byId("evidence").scrollIntoView();
  });
  addEventListener("popstate", fromAddress);
}

buildFacets();
connect();
fromAddress();
document.documentElement.dataset.ready = "true";

// The filters: lists of choices with the number of quotes that each would leave.
const choices = new Map(); // facet → value → its parts on the page

function valuesOf(quote, facet) {
  if (facet.ofSaid) return new Set(quote.says.flatMap(facet.ofSaid));
  if (facet.of) return new Set(facet.of(quote));
  return new Set([...quote.about].filter((id) => facet.classes.includes(things[id].cls)));
}

function facetLabel(facet, value) {
  if (facet.classes) return things[value].label;
  return facet.label ? facet.label(value) : value;
}

function buildFacets() {
  for (const facet of FACETS.filter((one) => !one.hidden)) {
    const values = [...new Set(quotes.flatMap((quote) => [...valuesOf(quote, facet)]))];
    const ordered = facet.classes ? asTree(values) : values.sort().map((value) => [value, 0]);
    const parts = new Map();
    const list = make("ul", { className: "choices" });
    for (const [value, depth] of ordered) {
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => choose(facet.key, value, box.checked));
      const count = make("small");
      const item = make("li", { className: "depth-" + Math.min(depth, 4) }, make("label", {}, box, text(facetLabel(facet, value)), count));
      parts.set(value, { box, count, item });
      list.append(item);
    }
    const title = make("summary", {}, facet.name);
    const details = make("details", { className: "facet", name: "facet" }, title, list);
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      title.focus();
      event.stopPropagation();
    });
    details.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
    });
    choices.set(facet.key, { parts, title, details });
    byId("facets").append(details);
  }
  document.addEventListener("click", (event) => {
    for (const { details } of choices.values()) if (details.open && !details.contains(event.target)) details.open = false;
  });
  for (const [id, key] of [["from", "from"], ["to", "to"]]) {
    byId(id).append(...["", ...years].map((year) => make("option", { value: year, textContent: year || (key === "from" ? "first" : "last") })));
    byId(id).addEventListener("change", () => change({ [key]: byId(id).value }));
  }
  let waiting = 0;
  byId("text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ text: byId("text").value.trim() }, true), 200);
  });
}

function choose(key, value, on) {
  const chosen = new Set(state.chosen[key]);
  if (on) chosen.add(value);
  else chosen.delete(value);
  change({ chosen: { ...state.chosen, [key]: chosen } });
}

function showFacets() {
  for (const [key, { parts, title }] of choices) {
    const facet = facetOf[key];
    const counts = new Map();
    for (const { quote, says } of hits(key)) {
      const values = facet.ofSaid ? new Set(says.flatMap(facet.ofSaid)) : valuesOf(quote, facet);
      for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    }
    for (const [value, { box, count, item }] of parts) {
      const number = counts.get(value) || 0;
      box.checked = state.chosen[key].has(value);
      count.textContent = number;
      item.classList.toggle("none", number === 0 && !box.checked);
    }
    const chosen = state.chosen[key].size;
    title.textContent = facet.name + (chosen ? ` (${chosen})` : "");
    title.classList.toggle("on", chosen > 0);
  }
  byId("from").value = state.from;
  byId("to").value = state.to;
  if (byId("text").value.trim() !== state.text) byId("text").value = state.text;
}

// What is chosen, each with a button that takes it back.
function showChips() {
  const focused = [...byId("chips").querySelectorAll("button")].indexOf(document.activeElement);
  const chip = (name, content, undo) => make("li", {}, make("span", { className: "quiet" }, name + " "), content,
    make("button", { type: "button", textContent: "✕", "aria-label": `Remove the filter ${name}: ${content.textContent}`, onclick: undo }));
  const chips = FACETS.flatMap((facet) => [...state.chosen[facet.key]].map((value) =>
    chip(facet.name, facet.classes ? thingLink(things[value]) : text(facetLabel(facet, value)), () => choose(facet.key, value, false))));
  for (const [key, item] of state.unknown) {
    chips.push(chip(facetOf[key].name, make("span", { className: "reserve" }, text(item), ", which this graph does not know"),
      () => change({ unknown: state.unknown.filter((one) => one[0] !== key || one[1] !== item) })));
  }
  if (state.cell) {
    const [therapy, alteration] = state.cell;
    const content = make("span", {}, thingLink(things[therapy]), " × ", alteration === null ? "no alteration named" : thingLink(things[alteration]));
    chips.push(chip("Cell", content, () => change({ cell: null })));
  }
  if (state.from || state.to) chips.push(chip("Years", text(`${state.from || years[0]}–${state.to || years[years.length - 1]}`), () => change({ from: "", to: "" })));
  if (state.text) chips.push(chip("Text", text(state.text), () => change({ text: "" })));
  if (chips.length > 1) chips.push(make("li", {}, make("button", { type: "button", textContent: "Clear all", className: "plain", onclick: () => change(blank()) })));
  byId("chips").replaceChildren(...chips);
  if (focused >= 0) (byId("chips").querySelectorAll("button")[Math.min(focused, chips.length - 1)] || byId("search")).focus();
}

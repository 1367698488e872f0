// Elements are made with text alone; nothing that comes from a document is ever read as markup.
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const text = (value) => make("bdi", { textContent: shown(value) });
const byId = (id) => document.getElementById(id);

// A thing by its label, as a link to its page where there is one.
function thingLink(thing, label = thing.label) {
  return thing.href ? make("a", { href: thing.href, title: thing.cls === "Publication" ? shown(thing.title) : null }, text(label)) : text(label);
}

function outward(address, name) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", className: "out", textContent: name });
}

function plural(count, one, many = one + "s") {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

const SIGNS = { Favourable: "+", Limited: "±", Unfavourable: "−", Inconclusive: "?", mixed: "≠" };

// Verdict and reserve of a statement: a sign, a word and a colour, so that no one of them is needed.
function badges(statement, word = "") {
  const found = [];
  if (statement.appraisal) {
    const not = statement.negated ? "not " : "";
    found.push(make("span", { className: "badge " + (not ? "" : statement.appraisal.toLowerCase()) },
      `${SIGNS[statement.appraisal]} ${not}${statement.appraisal.toLowerCase()}`));
    if (word) found.push(make("span", { className: "quiet" }, "“", text(word), "”"));
  }
  for (const sure of certainties(statement)) {
    if (sure !== "asserted") found.push(make("span", { className: "badge reserve" }, { denied: "✕ denied", hedged: "≈ hedged", "open question": "? open question" }[sure]));
  }
  return found;
}

// "no gold standard in", "not standard of care for": how the verb of a denial reads.
function verb(statement) {
  if (!statement.negated) return statement.verb;
  return (/^(consensus|gold standard)/.test(statement.verb) ? "no " : "not ") + statement.verb;
}

// Things in the order of their hierarchy: each with its depth below the others.
function asTree(ids) {
  const among = new Set(ids);
  const up = (id) => things[id].up.filter((other) => among.has(other));
  const parent = new Map(ids.map((id) => {
    const nearest = up(id).filter((one) => !up(id).some((other) => things[other].up.includes(one)));
    return [id, nearest.sort((a, b) => things[a].label.localeCompare(things[b].label, "en"))[0]];
  }));
  const order = (a, b) => things[a].label.localeCompare(things[b].label, "en") || a - b;
  const below = (id, depth) => ids.filter((child) => parent.get(child) === id).sort(order)
    .flatMap((child) => [[child, depth], ...below(child, depth + 1)]);
  return below(undefined, 0);
}

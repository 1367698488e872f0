// An answer in the W3C's JSON as a table, and as CSV.  Everything that comes from data is set as text.
import { make } from "./dom.js";

const AT_ONCE = 200;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = /^(integer|decimal|double|float|byte|int|long|short|(non)?(negative|positive)Integer|non(Negative|Positive)Integer|unsigned(Byte|Int|Long|Short))$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** An IRI with the longest prefix that fits, as a Turtle file would write it; else the IRI. */
export function compact(iri, prefixes) {
  let best = "";
  for (const [prefix, base] of Object.entries(prefixes)) {
    if (base.length > (prefixes[best] ?? "").length && iri.startsWith(base) && iri.length > base.length) best = prefix;
  }
  return best ? `${best}:${iri.slice(prefixes[best].length)}` : iri;
}

/** The table of an answer; `link(iri)` and, for the words of a label, `labelled(text)` give `{ href, outward }` or null. */
export function table(names, rows, prefixes, link, labelled = () => null) {
  const body = make("tbody");
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)));
  const more = make("button", { type: "button", className: "more" });
  const add = () => {
    const next = rows.slice(body.rows.length, body.rows.length + AT_ONCE);
    body.append(...next.map((row) => make("tr", {}, ...names.map((name) => make("td", {}, ...term(row[name], prefixes, link, labelled))))));
    const left = rows.length - body.rows.length;
    more.hidden = !left;
    more.textContent = `Show ${Math.min(left, AT_ONCE).toLocaleString("en")} more of ${rows.length.toLocaleString("en")} rows`;
  };
  more.addEventListener("click", add);
  add();
  const wide = make("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: "Answer" });
  wide.append(make("table", {}, make("thead", {}, head), body));
  return make("div", { className: "rows" }, wide, more);
}

function term(value, prefixes, link, labelled) {
  if (!value) return [];
  if (value.type === "uri") return [iri(value.value, prefixes, link)];
  const place = isText(value) ? labelled(value.value) : null;
  const shown = place ? anchor(place, make("bdi", {}, value.value)) : make("bdi", {}, written(value));
  const note = value["xml:lang"] ?? (value.datatype && NUMERIC.test(value.datatype.replace(XSD, "")) ? "" : value.datatype);
  return note && note !== `${XSD}string` ? [shown, make("small", {}, ` ${compact(note, prefixes)}`)] : [shown];
}

function iri(value, prefixes, link) {
  const shown = make("bdi", {}, compact(value, prefixes));
  const place = link(value);
  if (!place) return make("code", {}, shown);
  return Object.assign(anchor(place, shown), { title: value });
}

function anchor(place, shown) {
  const outside = place.outward ? { rel: "noopener noreferrer", target: "_blank", className: "out" } : {};
  return make("a", { href: place.href, ...outside }, shown);
}

/** Whether a term is words, which may be a label: numbers, dates and the like are none. */
export function isText(value) {
  return value?.type === "literal" && (!value.datatype || value.datatype === `${XSD}string`);
}

/** Where an IRI without a page leads: outwards when it is one of the web and none of ours (`base`), else nowhere. */
export function outward(iri, base) {
  return /^https?:\/\//i.test(iri) && !iri.startsWith(base) && URL.canParse(iri) ? { href: iri, outward: true } : null;
}

/** A term as plain text; blank nodes and triples as Turtle writes them. */
export function written(value) {
  if (!value) return "";
  if (value.type === "bnode") return `_:${value.value}`;
  if (value.type !== "triple") return value.value;
  const { subject, predicate, object } = value.value;
  return `<<( ${[subject, predicate, object].map(written).join(" ")} )>>`;
}

/** An answer as CSV (RFC 4180); a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csv(names, rows) {
  const line = (cells) => cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",") + "\r\n";
  return line(names.map(neutral)) + rows.map((row) => line(names.map((name) => cell(row[name])))).join("");
}

function cell(value) {
  const text = written(value);
  const type = value?.datatype?.startsWith(XSD) ? value.datatype.slice(XSD.length) : "";
  return NUMERIC.test(type) && NUMBER.test(text) ? text : neutral(text);
}

function neutral(text) {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

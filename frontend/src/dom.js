/** An element with its properties and children; children that are strings are text. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Offers a file for saving. */
export function save(parts, type, name) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** What the fragment of the address asks for: `#query=…` (a text) or `#question=…` (the name of a stored question). */
export function wish(questions) {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const question = questions.find(({ name }) => name === wanted.get("question"));
  if (question) return question;
  return wanted.has("query") ? { name: "", summary: "Query", text: wanted.get("query") } : null;
}

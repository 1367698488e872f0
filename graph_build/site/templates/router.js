// The pages of one file: an address that begins with "#/" is a page, "#/sparql" the editor, any other the explorer.
const byName = (name) => document.querySelector(`[data-view="${name}"]`);
const content = document.getElementById("content");
const workbench = document.getElementById("workbench");
const places = new Map();
const title = document.title;
let shown = null;

function route() {
  const path = location.hash.startsWith("#/") ? decode(location.hash.slice(1).split("&")[0]) : "";
  const kind = path === "" ? "explorer" : path === "/sparql" ? "sparql" : "page";
  if (shown !== null) places.set(shown, scrollY);
  for (const style of document.querySelectorAll("style[data-for]")) {
    style.sheet.disabled = !style.dataset.for.split(" ").includes(kind);
  }
  byName("explorer").hidden = kind !== "explorer";
  byName("page").hidden = kind === "explorer";
  workbench.hidden = kind !== "sparql";
  content.hidden = kind !== "page";
  const name = kind === "page" ? fill(path) : kind === "sparql" ? `SPARQL – ${title}` : title;
  document.title = name;
  mark(path);
  const first = shown === null;
  shown = kind === "explorer" ? "" : location.hash;
  scrollTo(0, places.get(shown) ?? 0);
  if (!first && kind !== "explorer") (kind === "page" ? content : workbench.querySelector("h1")).focus({ preventScroll: true });
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// The page, or a sentence when there is none; its title.
function fill(path) {
  const page = document.getElementById(path);
  if (page instanceof HTMLTemplateElement) {
    content.replaceChildren(page.content.cloneNode(true));
    return page.dataset.title;
  }
  const heading = document.createElement("h1");
  heading.textContent = "Not found";
  const sentence = document.createElement("p");
  sentence.textContent = `There is no page ${path} in this file.`;
  content.replaceChildren(heading, sentence);
  return `Not found – ${title}`;
}

function mark(path) {
  for (const link of document.querySelectorAll("[data-view=page] nav a")) {
    if (link.getAttribute("href") === `#${path}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

document.querySelector("[data-view=page] .skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says which page it is
  (content.hidden ? workbench : content).querySelector("h1")?.setAttribute("tabindex", "-1");
  (content.hidden ? workbench : content).querySelector("h1")?.focus();
});

// A download is made from what lies in the page when it is asked for.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-file]");
  if (!link) return;
  event.preventDefault();
  const file = JSON.parse(document.getElementById("files").textContent)[link.dataset.file];
  const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = link.dataset.file;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});

workbench.querySelector("h1").setAttribute("tabindex", "-1");
if ("scrollRestoration" in history) history.scrollRestoration = "manual";
addEventListener("hashchange", route);
route();
document.documentElement.dataset.routed = "true";

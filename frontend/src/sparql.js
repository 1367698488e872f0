// SPARQL in the browser: the graph, the engine and the questions come with the page; nothing is asked elsewhere.
import { make, save, wish } from "./dom.js";
import { editor } from "./editing.js";
import { questionList } from "./questions.js";
import { csv, outward, table } from "./rows.js";
import "./sparql.css";

const section = document.getElementById("sparql");
const data = JSON.parse(document.getElementById("sparql-data").textContent);
const state = { worker: null, ready: null, cancel: null, focused: null, names: [], rows: [], title: "query" };

const run = make("button", { type: "button", className: "run", title: "Ctrl-Enter" }, "Run");
const cancel = make("button", { type: "button", disabled: true }, "Cancel");
const download = make("button", { type: "button", disabled: true }, "Download CSV");
const link = make("button", { type: "button", title: "Puts the query into the address of this page" }, "Link to this query");
const status = make("output", { role: "status" });
const answer = make("div", { className: "answer" });
const work = make("div", { className: "work" });

section.classList.add("sparql");
section.append(questionList(data.questions, choose), work);
const wished = wish(data.questions); // what the address asks for
const edited = editor(work, { text: (wished ?? data.questions[0] ?? { text: "" }).text, names: data.names, run: ask });
work.append(make("div", { className: "bar" }, run, cancel, download, link, status), answer);

run.addEventListener("click", ask);
cancel.addEventListener("click", () => state.cancel?.());
download.addEventListener("click", () => save(["\ufeff", csv(state.names, state.rows)], "text/csv;charset=utf-8", `${state.title}.csv`));
link.addEventListener("click", () => {
  location.hash = `${data.fragment}query=${encodeURIComponent(edited.text)}`;
  status.value = "The address of this page now holds the query.";
});
addEventListener("hashchange", () => {
  const wanted = wish(data.questions);
  if (wanted && wanted.text !== edited.text) open(wanted);
});
if (wished) describe(wished);
section.dataset.ready = "true";

function choose(question) {
  history.replaceState(null, "", `#${data.fragment}question=${encodeURIComponent(question.name)}`); // the address says what is open
  open(question);
}

function open(question) {
  edited.text = question.text;
  show([], []);
  describe(question);
  work.scrollIntoView({ block: "nearest" });
  edited.focus();
}

function describe({ name, summary }) {
  state.title = name || "query";
  status.value = summary;
}

/** Bytes that were packed with gzip and written as base64. */
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** The worker with the graph in it; it is started by the first query and after one that was cancelled. */
async function started() {
  const address = URL.createObjectURL(new Blob([data.worker], { type: "text/javascript" }));
  const worker = new Worker(address);
  state.worker = worker;
  const [engine, quads] = await Promise.all([unpacked(data.engine), unpacked(data.quads)]);
  URL.revokeObjectURL(address);
  if (state.worker !== worker) throw new Error("cancelled");
  await told(worker, { engine, quads }, [engine, quads]);
}

function told(worker, message, transfer = []) {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data: reply }) => {
      if (reply.broken) end();
      if (reply.error) failed(new Error(reply.error));
      else done(reply);
    };
    worker.onerror = (event) => failed(new Error(event.message || "the engine has stopped"));
    worker.postMessage(message, transfer);
  });
}

function end() {
  state.worker?.terminate();
  Object.assign(state, { worker: null, ready: null });
}

async function ask() {
  if (state.cancel) return;
  const query = edited.text;
  const given = new Promise((_, failed) => {
    state.cancel = () => {
      end();
      failed(new Error("cancelled"));
    };
  });
  busy(true);
  try {
    if (!state.ready) tell("loading", "Loading the graph …");
    await Promise.race([(state.ready ??= started()), given]);
    tell("asking", "Asking …");
    present(await Promise.race([told(state.worker, { query }), given]));
  } catch (error) {
    if (section.dataset.state === "loading") end(); // the next query starts afresh
    show([], []);
    status.value = error.message === "cancelled" ? "Cancelled." : "";
    if (error.message !== "cancelled") answer.replaceChildren(make("p", { className: "fault", role: "alert" }, error.message));
  } finally {
    state.cancel = null;
    busy(false);
  }
}

function tell(what, words) {
  section.dataset.state = what;
  status.value = words;
}

function busy(on) {
  const focused = document.activeElement;
  if (on) state.focused = focused === run || section.contains(focused) ? focused : null;
  run.disabled = on;
  cancel.disabled = !on;
  section.ariaBusy = String(on);
  if (!on) section.dataset.state = "idle";
  if (on && state.focused) cancel.focus({ preventScroll: true });
  if (!on && state.focused && [cancel, document.body].includes(focused)) {
    if (state.focused === run) run.focus({ preventScroll: true });
    else edited.focus();
  }
}

function present({ answer: found, milliseconds }) {
  const seconds = `${(milliseconds / 1000).toFixed(milliseconds < 100 ? 3 : 1)} s`;
  if ("boolean" in found) {
    show(["answer"], [{ answer: { type: "literal", value: String(found.boolean) } }]);
    answer.replaceChildren(make("p", {}, make("strong", {}, found.boolean ? "Yes" : "No")));
    status.value = `Answered in ${seconds}`;
    return;
  }
  show(found.head.vars, found.results.bindings);
  const count = state.rows.length;
  status.value = `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} in ${seconds}`;
}

function show(names, rows) {
  Object.assign(state, { names, rows });
  download.disabled = !names.length;
  answer.replaceChildren(...(rows.length ? [table(names, rows, data.names.short, linked, labelled)] : []));
}

/** Where an IRI leads: to the page that we were told of, else outwards. */
function linked(iri) {
  const href = Object.hasOwn(data.links, iri) ? data.links[iri] : null;
  return href !== null && !/^\s*(?!https?:)[a-z][\w+.-]*:/i.test(href) ? { href, outward: false } : outward(iri, data.names.base);
}

/** Where words lead that are the label of one thing. */
function labelled(text) {
  return Object.hasOwn(data.labels, text) ? linked(data.labels[text]) : null;
}

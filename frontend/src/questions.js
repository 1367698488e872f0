// The list of stored questions, which is searched by words and tags.
import { make } from "./dom.js";

/** The list; `open(question)` is called with the one that is chosen. */
export function questionList(questions, open) {
  const search = make("input", { type: "search", placeholder: "Search questions", ariaLabel: "Search the stored questions" });
  const none = make("p", { className: "quiet", hidden: true }, "No question has these words.");
  const entries = questions.map((question) => {
    const button = make("button", { type: "button" }, question.summary);
    button.dataset.question = question.name;
    button.addEventListener("click", () => open(question));
    const item = make("li", {}, button, make("span", { className: "tags" }, question.tags.join(" · ")));
    return { item, words: `${question.name} ${question.summary} ${question.tags.join(" ")}`.toLowerCase() };
  });
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { item, words } of entries) item.hidden = !wanted.every((word) => words.includes(word));
    none.hidden = entries.some(({ item }) => !item.hidden);
  });
  const list = make("ul", {}, ...entries.map(({ item }) => item));
  const box = make("details", { className: "questions" }, make("summary", {}, `Stored questions (${questions.length})`), search, list, none);
  box.open = matchMedia("(min-width: 60rem)").matches;
  return box;
}

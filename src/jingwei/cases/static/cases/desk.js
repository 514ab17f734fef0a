/* The desk in the browser: which row is open, what is new, sending at once, printing. Without it every link is a page.
   Nothing is replaced by itself: counts follow the facts, the list and the case only say that there is something new. */

const REFRESH_AFTER = 700;
const MOVED = "case.moved";
let waiting = 0;

document.body.addEventListener("jw:fact", (event) => {
  if (event.detail.kind !== MOVED) return;
  later(() => ask("rail"));
  if (event.detail.id === shown()?.dataset.case) setTimeout(() => ask("news"), REFRESH_AFTER);
});
document.body.addEventListener("jw:stale", () => {
  later(() => ask("rail"));
  ask("news");
});

/** One request for however many facts come in a moment; a stream of facts does not put it off. */
function later(act) {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    act();
  }, REFRESH_AFTER);
}

function ask(id) {
  const part = document.getElementById(id);
  if (part) window.htmx?.trigger(part, "jw:refresh");
}

function shown() {
  return document.querySelector("#case[data-case]");
}

// The open row follows the case beside the list; on a narrow screen the case covers the list.
document.body.addEventListener("htmx:afterSettle", follow);
document.body.addEventListener("htmx:historyRestore", follow);

function follow() {
  const number = shown()?.dataset.number;
  document.getElementById("panes")?.toggleAttribute("data-open", Boolean(number));
  for (const row of document.querySelectorAll("[data-rows] [data-number]")) {
    if (row.dataset.number === number) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

// What can be done with the ticked rows is in sight while some are ticked.
document.addEventListener("change", (event) => event.target.matches("[data-rows] input") && counted());
document.body.addEventListener("htmx:afterSettle", counted);
addEventListener("pageshow", counted);

function counted() {
  const bar = document.querySelector("[data-together]");
  if (!bar) return;
  const ticked = document.querySelectorAll("[data-rows] input:checked").length;
  bar.hidden = !ticked;
  bar.querySelector("[data-ticked]").textContent = ticked || "";
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send-at-once]")) event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-look]")) event.preventDefault(); // it looks while one types
  const form = event.target.closest?.("form.move");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector(".btn-send"));
});

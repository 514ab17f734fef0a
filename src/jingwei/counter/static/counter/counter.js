/* A call at the counter: Enter looks the number up, Escape leaves a field so that the keys of the desk work, the clock
   of the conversation runs, and the foot says whether all is kept. Without this script the buttons do the same. */

const form = document.querySelector("[data-call]");

if (form) {
  form.addEventListener("keydown", onKey);
  const kept = form.querySelector("[data-kept]");
  const keeper = form.querySelector("[data-keeper]");
  let typed = 0;
  let sent = 0;
  form.addEventListener("input", () => {
    typed += 1;
    kept.hidden = true;
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === keeper) sent = typed;
  });
  // What answers something older than what stands in the form now is not shown: it would put back what was changed.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt === keeper && sent !== typed) event.detail.shouldSwap = false;
  });
  form.addEventListener("htmx:afterRequest", (event) => (kept.hidden = !event.detail.successful || sent !== typed));
  setInterval(tick, 1000);
  form.querySelector("input:not([type=hidden])[name=phone]")?.focus();
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") event.target.blur();
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox], [type=radio])")) return;
  event.preventDefault();
  if (event.target.name === "phone") form.querySelector("[data-look-up]").click();
  else event.target.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The caller does not wait: minutes and seconds since the call began, less those of waiting that the page knows. */
function tick() {
  const shown = form.querySelector("[data-seconds]");
  if (!shown || shown.dataset.stopped) return;
  const seconds = Number(shown.dataset.seconds) + 1;
  shown.dataset.seconds = seconds;
  shown.querySelector("b").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

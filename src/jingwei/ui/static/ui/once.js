/* A form is sent once: a second press while the first is on its way does nothing. Closes toasts as well. */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After this turn: a disabled button would take its own name and value out of what is sent.
  setTimeout(() => setButtons(form, true));
});

// Back in the browser's history the page returns as it was left.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    setButtons(form, false);
  }
});

// What is sent by htmx: with a new try goes what was said of the last one. Where the line is lost, what was typed is
// there still.
document.addEventListener("htmx:beforeRequest", (event) => isDeed(event) && sayAtEdge());
document.addEventListener("htmx:sendError", (event) => {
  if (isDeed(event)) sayAtEdge(document.querySelector("[data-not-sent]").content.cloneNode(true));
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.parentElement.remove();
});

function isDeed(event) {
  return event.detail.requestConfig.verb !== "get";
}

function sayAtEdge(...said) {
  document.getElementById("toasts").replaceChildren(...said);
}

function setButtons(form, isBusy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", String(isBusy));
  }
}

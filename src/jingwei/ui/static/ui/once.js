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

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.parentElement.remove();
});

function setButtons(form, isBusy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", String(isBusy));
  }
}

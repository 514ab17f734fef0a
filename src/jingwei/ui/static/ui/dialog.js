/* Opens dialogs. <a href="…" data-dialog> loads its page into the dialog of the shell; data-dialog="#id" opens one
   that is already there. Where anything fails, the link is followed as a link. */

const shell = document.getElementById("dialog");

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (!opener || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const there = opener.dataset.dialog ? document.querySelector(opener.dataset.dialog) : null;
  if (there) {
    event.preventDefault();
    there.showModal();
  } else if (opener.href && shell) {
    event.preventDefault();
    load(opener.href);
  }
});

// A press on the backdrop closes: it is the only place where the dialog itself is hit.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && !hasTyped(event.target)) event.target.close();
});

async function load(address) {
  const headers = { "HX-Request": "true", "HX-Target": "dialog", "HX-Current-URL": location.href };
  try {
    const answer = await fetch(address, { headers });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) return location.assign(elsewhere);
    if (!answer.ok || answer.redirected) throw new Error(`answered ${answer.status}`);
    shell.innerHTML = await answer.text();
  } catch {
    return location.assign(address);
  }
  shell.setAttribute("aria-labelledby", "dialog-title");
  window.htmx?.process(shell);
  shell.showModal();
  shell.querySelector("[autofocus], input:not([type=hidden]), select, textarea")?.focus();
}

/** Whether closing by accident would lose words. */
function hasTyped(dialog) {
  const fields = dialog.querySelectorAll("textarea, input[type=text], input:not([type])");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

/* What is typed into <form data-draft="KEY"> stays on this device until it has been sent, a day at the longest.
   Codes, telephone numbers, passwords and files are never kept. */

const PREFIX = "draft:";
const DAY = 24 * 3600 * 1000;
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=tel], [autocomplete=one-time-code])";

tidy();
for (const form of document.querySelectorAll("form[data-draft]")) attend(form);

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget-drafts]")) return;
  forgetAll();
  stopWorkers();
});

function attend(form) {
  const key = PREFIX + form.dataset.draft;
  const draft = read(key);
  if (draft) fill(form, draft.fields);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(key, form, false), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(key, form, true);
  });
}

/** A draft that was sent is done with once a page without its form has come back, and so is one of yesterday. */
function tidy() {
  const shown = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => PREFIX + form.dataset.draft));
  for (const key of keys()) {
    const draft = read(key);
    const isOld = !draft || Date.now() - draft.at > DAY;
    if (isOld || (draft.isSent && !shown.has(key))) remove(key);
  }
}

/** Only into empty fields: what the server sent back is newer. */
function fill(form, fields) {
  for (const [name, values] of fields) {
    const controls = [...form.querySelectorAll(KEPT)].filter((control) => control.name === name);
    for (const control of controls) {
      if (control.type === "checkbox" || control.type === "radio") {
        if (!controls.some((other) => other.defaultChecked)) control.checked = values.includes(control.value);
      } else if (control.value === "") {
        control.value = values[0] ?? "";
      }
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function write(key, form, isSent) {
  const fields = new Map();
  for (const control of form.querySelectorAll(KEPT)) {
    if (!control.name) continue;
    const values = fields.get(control.name) ?? [];
    const isChoice = control.type === "checkbox" || control.type === "radio";
    if (!isChoice || control.checked) values.push(control.value);
    fields.set(control.name, values);
  }
  store(key, JSON.stringify({ at: Date.now(), isSent, fields: [...fields] }));
}

// A browser may forbid storage altogether; then there is no draft, and everything else works.
function store(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    return;
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remove(key) {
  localStorage.removeItem(key);
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forgetAll() {
  for (const key of keys()) remove(key);
  self.indexedDB?.deleteDatabase("uploads"); // files on their way
}

/** Signed out, this browser shows nobody's messages any more: their push service hears of it. */
async function stopWorkers() {
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) one.unregister();
}

/* Photos of a report or a move: sent in pieces as soon as they are chosen, and kept until then, so that a lost line or
   a new page costs one piece and not all.
   What has not arrived whole when the form is sent goes along with it, as it does without this script. */

import { forgetFile, keepFile, keptFor, sendFile } from "../attachments/upload.js";

const BOX = "[data-photos][data-pieces]";
const FIELDS = `${BOX} input[type=file]`;
const coming = new Map(); // by what a photo is known by: its id, its share, whether it is there, and how to stop it

addEventListener("load", resume);

// Once the previews (ui/photo.js) have settled what stays chosen.
document.addEventListener("change", ({ target }) => target.matches(FIELDS) && setTimeout(settle, 0, target));
document.addEventListener("click", ({ target }) => {
  const input = target.closest?.(`${BOX} .photo-x`)?.closest(BOX).querySelector("input[type=file]");
  if (input) setTimeout(settle, 0, input);
}, true);

// Before anybody reads the form. What has arrived is named in it, and no longer sent with it.
document.addEventListener("submit", ({ target }) => {
  for (const input of target.querySelectorAll(FIELDS)) handOver(input);
}, true);

// Back in the browser's history: what was named in the form is used up.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[name=photos-upload]")) location.reload();
});

/* What was chosen before the page was loaded anew is chosen again, and goes on where it ended. */
async function resume() {
  for (const input of self.indexedDB ? document.querySelectorAll(FIELDS) : []) {
    const kept = await keptFor(placeOf(input));
    if (!kept.length) continue;
    const list = new DataTransfer();
    for (const one of kept) list.items.add(one.file);
    for (const one of kept) send(input, one);
    input.files = list.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/* What is chosen is sent; what was taken out again is not kept. */
function settle(input) {
  const chosen = new Set([...input.files].map(nameOf));
  for (const [name, one] of coming) {
    if (!chosen.has(name)) drop(name, one, tokenOf(input));
  }
  for (const file of input.files) {
    if (!coming.has(nameOf(file))) send(input, { id: crypto.randomUUID(), file, isNew: true });
  }
  show(input);
}

async function send(input, kept) {
  const name = nameOf(kept.file);
  const one = { id: kept.id, share: 0, isThere: false, stop: new AbortController() };
  coming.set(name, one);
  const tell = (share) => {
    one.share = share;
    show(input);
  };
  try {
    if (kept.isNew && self.indexedDB) await keepFile(placeOf(input), kept.file, kept.id).catch(() => {});
    await sendFile(kept, tokenOf(input), tell, one.stop.signal);
    one.isThere = true;
  } catch {
    if (coming.get(name) === one) coming.delete(name); // it goes with the form, which says what is wrong with it
    forget(one.id);
  }
  show(input);
}

function handOver(input) {
  const left = new DataTransfer();
  for (const file of input.files) {
    const one = coming.get(nameOf(file));
    if (!one?.isThere) {
      left.items.add(file);
      continue;
    }
    coming.delete(nameOf(file));
    forget(one.id);
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "photos-upload", value: one.id });
    input.form.append(field);
  }
  input.files = left.files;
  for (const [name, one] of coming) drop(name, one, tokenOf(input));
}

function drop(name, one, token) {
  coming.delete(name);
  one.stop.abort();
  forget(one.id);
  fetch(`/uploads/${one.id}/`, { method: "DELETE", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
}

function forget(id) {
  if (self.indexedDB) forgetFile(id).catch(() => {});
}

/* One bar for all that are chosen now. */
function show(input) {
  const bar = input.closest(BOX).querySelector("[data-photo-share]");
  const all = [...input.files].map((file) => coming.get(nameOf(file))).filter(Boolean);
  const share = all.reduce((sum, one) => sum + (one.isThere ? 1 : one.share), 0) / Math.max(all.length, 1);
  bar.value = share;
  bar.hidden = !all.length || share >= 1;
}

/* The report or the move that it is for. */
function placeOf(input) {
  return new URL(input.form.action).pathname;
}

function tokenOf(input) {
  return input.form.elements.csrfmiddlewaretoken.value;
}

function nameOf(file) {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

/* Photos of a report or a move: sent in pieces as soon as they are chosen, so that a lost line costs one piece and not all.
   What has not arrived whole when the form is sent goes along with it, as it does without this script. */

import { sendFile } from "../attachments/upload.js";

const BOX = "[data-photos][data-pieces]";
const coming = new Map(); // by what a photo is known by: its id, its share, and whether it is there

document.addEventListener("change", ({ target }) => {
  if (target.type !== "file" || !target.closest(BOX)) return;
  for (const file of target.files) if (!coming.has(nameOf(file))) start(target, file);
});

// Before anybody reads the form. What has arrived is named in it, and no longer sent with it.
document.addEventListener("submit", ({ target }) => {
  for (const input of target.querySelectorAll(`${BOX} input[type=file]`)) handOver(input);
}, true);

// Back in the browser's history: what was named in the form is used up.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[name=photos-upload]")) location.reload();
});

async function start(input, file) {
  const one = { id: crypto.randomUUID(), share: 0, isThere: false };
  coming.set(nameOf(file), one);
  const tell = (share) => {
    one.share = share;
    show(input);
  };
  try {
    await sendFile({ id: one.id, file }, tokenOf(input), tell, new AbortController().signal);
    one.isThere = true;
  } catch {
    coming.delete(nameOf(file)); // it goes with the form, which says what is wrong with it
  }
  show(input);
}

function handOver(input) {
  const left = new DataTransfer();
  const used = new Set();
  for (const file of input.files) {
    const one = coming.get(nameOf(file));
    if (!one?.isThere) {
      left.items.add(file);
      continue;
    }
    used.add(one.id);
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "photos-upload", value: one.id });
    input.form.append(field);
  }
  input.files = left.files;
  drop(used, tokenOf(input));
}

/* What was chosen and taken out again is not kept. */
function drop(used, token) {
  for (const { id } of coming.values()) {
    if (used.has(id)) continue;
    fetch(`/uploads/${id}/`, { method: "DELETE", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
  }
}

/* One bar for all that are chosen now. */
function show(input) {
  const bar = input.closest(BOX).querySelector("[data-photo-share]");
  const all = [...input.files].map((file) => coming.get(nameOf(file))).filter(Boolean);
  const share = all.reduce((sum, one) => sum + (one.isThere ? 1 : one.share), 0) / Math.max(all.length, 1);
  bar.value = share;
  bar.hidden = !all.length || share >= 1;
}

function tokenOf(input) {
  return input.form.elements.csrfmiddlewaretoken.value;
}

function nameOf(file) {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

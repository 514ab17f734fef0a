/* Photos, voice and video of a message: sent in pieces as soon as they are chosen, named in the form once they are there.
   Without this the form carries them itself. */

import { forgetFile, keepFile, keptFor, sendFile } from "../attachments/upload.js";

const sending = new Map();

resume();
document.body.addEventListener("change", chosen);
document.body.addEventListener("click", clicked);
document.body.addEventListener("submit", hold, true);
document.body.addEventListener("htmx:beforeRequest", hold);
document.body.addEventListener("htmx:beforeSwap", used);
document.body.addEventListener("htmx:afterSettle", (event) => event.detail.elt.id === "talk" && resume());

function write() {
  return document.getElementById("write");
}

function isBusy(form) {
  return form?.id === "write" && form.querySelector("[data-share]") !== null;
}

/* A message waits for its files, and is then sent by itself. */
function hold(event) {
  if (!isBusy(event.target)) return;
  event.preventDefault();
  setWaiting(event.target, true);
}

function setWaiting(form, isOn) {
  form.querySelector("[data-waits]").hidden = !isOn;
}

function isWaiting(form) {
  return !form.querySelector("[data-waits]").hidden;
}

async function resume() {
  const form = write();
  if (!form || !self.indexedDB) return;
  form.dataset.pieces = "on";
  for (const kept of await keptFor(form.action)) show(form, kept);
}

async function chosen(event) {
  const form = write();
  if (!form || event.target !== form.elements.attached || !form.dataset.pieces) return;
  const files = [...event.target.files];
  event.target.value = "";
  for (const file of files) show(form, await keepFile(form.action, file));
}

/* A recording joins the files of the message. */
export async function addRecording(file) {
  const form = write();
  if (form) show(form, await keepFile(form.action, file));
}

/* A line with the name, how much is there, and a way to take it out. */
async function show(form, kept) {
  const list = form.querySelector("[data-files]");
  if (list.querySelector(`[data-file="${kept.id}"]`)) return;
  const line = list.querySelector("template").content.firstElementChild.cloneNode(true);
  line.dataset.file = kept.id;
  line.querySelector("[data-name]").textContent = kept.name;
  line.dataset.share = "0";
  listen(line, kept.file);
  list.hidden = false;
  list.append(line);
  const bar = line.querySelector("progress");
  const stop = new AbortController();
  sending.set(kept.id, stop);
  try {
    const token = form.elements.csrfmiddlewaretoken.value;
    await sendFile(kept, token, (share) => (bar.value = share), stop.signal);
    delete line.dataset.share;
    bar.remove();
    line.append(named(kept.id));
    if (isWaiting(form) && !isBusy(form)) form.requestSubmit();
  } catch (problem) {
    if (stop.signal.aborted) return;
    bar.remove();
    delete line.dataset.share;
    setWaiting(form, false);
    line.querySelector("[data-why]").textContent = problem.message || line.dataset.failed;
    await forgetFile(kept.id);
  }
}

/* What can be heard is heard before it is sent. */
function listen(line, file) {
  if (!file.type.startsWith("audio/")) return;
  const player = line.querySelector("audio");
  player.src = URL.createObjectURL(file);
  player.hidden = false;
}

function named(id) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "upload", value: id });
  return field;
}

async function clicked(event) {
  const line = event.target.closest?.("[data-take-out]")?.closest("[data-file]");
  if (!line) return;
  sending.get(line.dataset.file)?.abort();
  await forgetFile(line.dataset.file);
  const token = write().elements.csrfmiddlewaretoken.value;
  fetch(`/uploads/${line.dataset.file}/`, { method: "DELETE", headers: { "X-CSRFToken": token } }).catch(() => {});
  const player = line.querySelector("audio");
  if (player.src) URL.revokeObjectURL(player.src);
  line.remove();
}

/* What was sent with a message that was taken is used up. */
function used(event) {
  const form = write();
  const { requestConfig, xhr } = event.detail;
  if (!form || requestConfig?.verb !== "post" || xhr.status !== 200) return;
  for (const field of form.querySelectorAll("[name=upload]")) forgetFile(field.value);
}

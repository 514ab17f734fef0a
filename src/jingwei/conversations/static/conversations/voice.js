/* A voice message, recorded here: at most two minutes, heard before it is sent, and then a file like any other. Where a
   browser cannot record, its button stays hidden. */

import { addRecording } from "./files.js";

const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS = 32_000;

const format = "MediaRecorder" in self && FORMATS.find((one) => MediaRecorder.isTypeSupported(one));
let recorder = null;
let begunAt = 0;
let timer = 0;

if (format && navigator.mediaDevices && self.indexedDB) {
  show();
  document.body.addEventListener("htmx:afterSettle", show);
  document.body.addEventListener("click", clicked);
  addEventListener("pagehide", () => end(false));
}

function part(name) {
  return document.querySelector(`#write [data-${name}]`);
}

function clicked(event) {
  if (event.target.closest?.("[data-record]")) begin();
  if (event.target.closest?.("[data-stop]")) end(true);
  if (event.target.closest?.("[data-discard]")) end(false);
}

async function begin() {
  if (recorder) return;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    part("no-microphone").hidden = false;
    return;
  }
  const pieces = [];
  recorder = new MediaRecorder(stream, { mimeType: format, audioBitsPerSecond: BITS });
  recorder.isKept = false;
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", ({ target }) => {
    for (const track of stream.getTracks()) track.stop();
    if (target.isKept) addRecording(named(pieces, target.lasted));
  });
  recorder.start();
  begunAt = performance.now();
  timer = setInterval(tick, 250);
  show();
  part("stop").focus();
}

function named(pieces, lasted) {
  const type = format.split(";")[0];
  return new File(pieces, `${part("recording").dataset.called} ${lasted}`, { type });
}

function end(isKept) {
  if (!recorder) return;
  recorder.isKept = isKept;
  recorder.lasted = said(seconds());
  recorder.stop();
  recorder = null;
  clearInterval(timer);
  show();
  part("record")?.focus();
}

function tick() {
  part("recorded").textContent = said(seconds());
  if (seconds() >= Number(part("recording").dataset.longest)) end(true);
}

function seconds() {
  return (performance.now() - begunAt) / 1000;
}

function said(length) {
  const whole = Math.floor(length);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/* The form as it stands now: it may have come anew with the answer to what was sent. */
function show() {
  if (!part("record")) return;
  part("record").hidden = recorder !== null;
  part("recording").hidden = recorder === null;
  part("recorded").textContent = said(recorder ? seconds() : 0);
  if (recorder) part("no-microphone").hidden = true;
  document.querySelector("#write [type=submit]").disabled = recorder !== null;
}

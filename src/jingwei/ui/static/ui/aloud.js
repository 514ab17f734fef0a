/* Reads the page aloud, in care mode. Only by a voice that the device has of its own: other voices send the words to
   their maker. The button appears where there is one. */

const button = document.querySelector("[data-aloud]");
const speech = window.speechSynthesis;
const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const HOLDERS = "a, button, dd, dt, figcaption, h1, h2, h3, h4, label, legend, li, p, summary, td, th";
const UNREAD = "[aria-hidden=true], [hidden], input, option, script, style, textarea";

if (button && speech) {
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => (speech.speaking ? stop() : read()));
  window.addEventListener("pagehide", () => speech.cancel());
  offer();
}

function ownVoice() {
  return speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

function offer() {
  if (ownVoice()) button.hidden = false;
}

function read() {
  const said = sentences(document.getElementById("main"));
  if (said.length === 0) return;
  speech.cancel();
  for (const words of said) {
    const one = new SpeechSynthesisUtterance(words);
    one.voice = ownVoice();
    one.lang = one.voice.lang;
    one.rate = 0.9;
    if (words === said.at(-1)) one.addEventListener("end", stop);
    speech.speak(one);
  }
  show(true);
}

function stop() {
  speech.cancel();
  show(false);
}

function show(isReading) {
  button.setAttribute("aria-pressed", String(isReading));
  button.querySelector("span").textContent = isReading ? button.dataset.wordsStop : button.dataset.wordsRead;
}

/** What is to be seen of `root`, piece by piece as it stands there. */
function sentences(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  let last = null;
  while (walker.nextNode()) {
    const inside = walker.currentNode.parentElement;
    const words = walker.currentNode.data.trim().replace(/\s+/g, " ");
    if (!words || inside.closest(UNREAD) || inside.checkVisibility?.() === false) continue;
    const holder = inside.closest(HOLDERS);
    if (holder && holder === last) found[found.length - 1] += ` ${words}`;
    else found.push(words);
    last = holder;
  }
  return found;
}

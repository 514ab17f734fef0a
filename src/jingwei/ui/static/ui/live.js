/* Facts as they happen. Each one becomes an event `jw:fact` on <body> with {seq, kind, code, id}, and one that is called
   by the first word of its kind, such as `jw:case`; a page that shows something changed asks for it again, with htmx:
   hx-trigger="jw:fact from:body delay:500ms".
   After a gap (hidden page, lost line) `jw:stale` says that facts may have been missed. */

const indicator = document.querySelector("[data-live]");
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
let stream = null;
let wait = FIRST_WAIT;
let timer = 0;
let hadGap = false;

if (indicator) {
  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : open()));
  if (!document.hidden) open();
}

function open() {
  clearTimeout(timer);
  if (stream) return;
  stream = new EventSource(indicator.dataset.live);
  stream.onopen = () => {
    wait = FIRST_WAIT;
    show(true);
    if (hadGap) announce("jw:stale");
    hadGap = false;
  };
  stream.onmessage = (message) => tell(JSON.parse(message.data));
  stream.onerror = () => {
    hadGap = true;
    show(false);
    if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    stream = null;
    timer = setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
}

function tell(fact) {
  announce("jw:fact", fact);
  announce(`jw:${fact.kind.split(".")[0]}`, fact);
}

function pause() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
  hadGap = true;
}

function announce(name, detail = null) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

function show(isOn) {
  indicator.hidden = false;
  indicator.toggleAttribute("data-off", !isOn);
  const words = isOn ? indicator.dataset.wordsOn : indicator.dataset.wordsOff;
  if (indicator.textContent !== words) indicator.textContent = words;
}

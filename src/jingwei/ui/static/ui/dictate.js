/* Speaking instead of typing, where the browser understands speech. Before the first time it is said where the sound
   goes: to the browser, and perhaps to whoever makes it, never to us. */

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const AGREED = "dictation";
const box = document.querySelector("[data-dictate]");
const field = box && document.getElementById(box.dataset.dictate);

if (Recognition && box && field) {
  const ask = box.querySelector("dialog");
  const start = box.querySelector("[data-dictate-start]");
  const said = box.querySelector("[data-dictate-said]");
  let listening = null;

  box.removeAttribute("data-waits");
  start.addEventListener("click", () => {
    if (listening) listening.stop();
    else if (localStorage.getItem(AGREED)) listen();
    else ask.showModal();
  });
  box.querySelector("[data-dictate-agree]").addEventListener("click", () => {
    localStorage.setItem(AGREED, "yes");
    ask.close();
    listen();
  });
  box.querySelector("[data-dictate-type]").addEventListener("click", () => {
    ask.close();
    field.focus();
  });

  function listen() {
    listening = new Recognition();
    listening.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-US";
    listening.interimResults = false;
    listening.continuous = false;
    listening.onresult = ({ results }) => write([...results].map(([best]) => best.transcript).join(""));
    listening.onerror = ({ error }) => show(error === "not-allowed" ? box.dataset.wordsDenied : box.dataset.wordsFailed);
    listening.onend = () => {
      listening = null;
      start.setAttribute("aria-pressed", "false");
      if (said.textContent === box.dataset.wordsBusy) show("");
    };
    start.setAttribute("aria-pressed", "true");
    show(box.dataset.wordsBusy);
    listening.start();
  }

  function write(words) {
    const gap = field.value && !field.value.endsWith("\n") ? " " : "";
    field.value = `${field.value}${gap}${words}`.slice(0, field.maxLength > 0 ? field.maxLength : undefined);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show(box.dataset.wordsDone);
  }

  function show(words) {
    said.textContent = words;
  }
}

/* On every page of the field: sets up the service worker, says how what waits is doing, and what page this is where there
   is no signal. Where the browser has no service worker, pages work as they always do. */

import { fillBack } from "./kept/choosing";
import { listed } from "./kept/listing";
import { placeOf, sendAll, TITLE } from "./kept/outbox";
import { currentLock, entries, lockUp, recall } from "./kept/store";
import { token, type Standing } from "./kept/syncing";

const worker = document.querySelector<HTMLScriptElement>("script[data-worker]")?.dataset["worker"];
const asOf = Number(document.documentElement.dataset["asOf"] ?? 0);
const channel = new BroadcastChannel("field");
const AGAIN = 60_000;
const LONGEST_TITLE = 60;

if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => void begin(worker));
  document.addEventListener("submit", (event) => markLater(event.target), true);
  document.addEventListener("submit", (event) => void signOut(event), true);
}
if (new URLSearchParams(location.search).has("full")) reveal("[data-full]");

async function begin(address: string): Promise<void> {
  await navigator.serviceWorker.register(address);
  const ask = async () => (await navigator.serviceWorker.ready).active?.postMessage("sync");
  addEventListener("online", () => void ask());
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-send-now]")) void ask();
  });
  document.addEventListener("visibilitychange", () => void (document.hidden || ask()));
  document.body.addEventListener("jw:case", () => void ask());
  channel.addEventListener("message", () => void show());
  setInterval(() => void ask(), AGAIN);
  await show();
  await ask();
  await fillBack();
}

/* A form that may wait says what it is. Read by the service worker, which keeps it. */
function markLater(form: EventTarget | null): void {
  if (!(form instanceof HTMLFormElement) || !form.dataset["later"] || form.elements.namedItem(TITLE)) return;
  const words = form.elements.namedItem(form.dataset["laterWords"] ?? "");
  const said = words instanceof HTMLTextAreaElement ? words.value.trim().slice(0, LONGEST_TITLE) : "";
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: TITLE, value: said || form.dataset["later"] });
  form.append(field);
}

async function show(): Promise<void> {
  const lock = await currentLock();
  const all = (await entries()).filter((one) => !lock || one.phone === lock.phone);
  const waiting = all.filter((one) => one.state === "waiting");
  const refused = all.filter((one) => one.state === "refused");
  const standing = await recall<Standing>("state");
  const strips = document.createElement("div");
  strips.dataset["strips"] = "";
  strips.setAttribute("role", "status");
  if (asOf) strips.append(...strip("as-of", { at: clock(asOf) }));
  if (standing === "withdrawn") strips.append(...strip("withdrawn"));
  if (waiting.length) strips.append(...strip(standing === "signed-out" ? "signed-out" : "waiting", { n: waiting.length }));
  if (refused.length) strips.append(...strip("refused", { n: refused.length }));
  document.querySelector("[data-strips]")?.remove();
  if (strips.childElementCount) document.querySelector(".app-body")?.prepend(strips);
  openAhead(waiting.map((one) => one.path));
  await listed(lock, all);
}

/* The words are the server's, in the page's language; here the numbers go in. */
function strip(kind: string, values: Record<string, string | number> = {}): Node[] {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-strip="${kind}"]`);
  if (!template) return [];
  const made = template.content.cloneNode(true) as DocumentFragment;
  for (const [name, value] of Object.entries(values)) {
    for (const place of made.querySelectorAll(`[data-value="${name}"]`)) place.textContent = String(value);
  }
  return [made];
}

/* What comes next on a case once the move before it waits to be sent. */
function openAhead(paths: string[]): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-after]")) {
    link.hidden = !paths.includes(link.dataset["after"] ?? "");
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-dialog]")) {
    if (asOf && paths.includes(link.pathname) && placeOf(link.pathname)) link.setAttribute("aria-disabled", "true");
  }
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

/* Who signs out leaves nothing that can be read: first what waits goes out, then the key is thrown away. What could not go
   stays sealed until the same person signs in here again. */
async function signOut(event: SubmitEvent): Promise<void> {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-sign-out]") || form.dataset["locked"]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const mayLeave = await leave().catch(() => true); // what this phone cannot read keeps nobody here
  if (!mayLeave) return;
  form.dataset["locked"] = "yes";
  form.requestSubmit();
}

/* Whether the person still wants to go, once it is known what could not be sent. */
async function leave(): Promise<boolean> {
  const lock = await currentLock();
  const { token: good } = await token().catch(() => ({ token: "" }));
  if (lock && good) await sendAll(lock, good, () => undefined).catch(() => undefined);
  const left = (await entries()).filter((one) => one.phone === lock?.phone && one.state !== "sent").length;
  const warning = document.querySelector<HTMLElement>("[data-leaving]")?.dataset["leaving"];
  if (left && warning && !confirm(warning.replace("{n}", String(left)))) return false;
  await lockUp();
  return true;
}

function reveal(selector: string): void {
  for (const one of document.querySelectorAll<HTMLElement>(selector)) one.hidden = false;
}

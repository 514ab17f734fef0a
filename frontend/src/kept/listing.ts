/* The page of what waits: the server gives its frame and its words, the phone what is in it. */

import { openAgain } from "./choosing";
import { answerOf, headOf, type Answer } from "./outbox";
import { drop, type Entry, type Lock, type State } from "./store";
import { token } from "./syncing";

const THOUSAND = 1000;

/** Fills the page anew; does nothing on any other. */
export async function listed(lock: Lock | undefined, all: Entry[]): Promise<void> {
  const page = document.querySelector<HTMLElement>("[data-outbox]");
  if (!page) return;
  for (const state of ["refused", "waiting", "sent"] as const) {
    const section = page.querySelector<HTMLElement>(`[data-part="${state}"]`);
    const ones = all.filter((one) => one.state === state && (lock || state !== "sent"));
    if (!section) continue;
    const rows = await Promise.all(ones.map((one) => row(page, lock, one, state)));
    section.querySelector("[data-rows]")?.replaceChildren(...rows);
    const count = section.querySelector("[data-count]");
    if (count) count.textContent = String(ones.length);
    section.hidden = !ones.length;
  }
  const nothing = page.querySelector<HTMLElement>("[data-nothing]");
  if (nothing) nothing.hidden = all.length > 0;
}

async function row(page: HTMLElement, lock: Lock | undefined, entry: Entry, state: State): Promise<Node> {
  const template = page.querySelector<HTMLTemplateElement>(`template[data-row="${state}"]`);
  const made = (template?.content.cloneNode(true) ?? document.createDocumentFragment()) as DocumentFragment;
  const head = lock && lock.phone === entry.phone ? await headOf(lock, entry).catch(() => undefined) : undefined;
  say(made, "title", head?.title ?? page.dataset["locked"] ?? "");
  say(made, "at", new Date(entry.madeAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
  say(made, "size", String(Math.max(1, Math.round(entry.size / THOUSAND))));
  show(made, "doubtful", entry.isDoubtful ?? false);
  show(made, "photos", (head?.files ?? 0) > 0);
  say(made, "files", String(head?.files ?? 0));
  if (state === "refused" && lock && head) await explain(made, lock, entry, head.texts);
  return made;
}

/* Both sides: what was written here, and what the server says has happened since. */
async function explain(made: DocumentFragment, lock: Lock, entry: Entry, texts: [string, string][]): Promise<void> {
  const answer: Answer = await answerOf(lock, entry);
  const page = new DOMParser().parseFromString(answer.page ?? "", "text/html");
  const why = [...page.querySelectorAll(".notice[data-kind=bad] p, .error")].map((one) => one.textContent?.trim() ?? "");
  say(made, "why", why.join(" ") || answer.why || page.querySelector("h1")?.textContent?.trim() || "");
  const mine = texts.filter(([name, value]) => name === "words" && value.trim()).map(([, value]) => value);
  say(made, "mine", mine.join("\n"));
  show(made, "has-mine", mine.length > 0);
  const news = page.querySelector("[aria-labelledby=news-h] > :not(h2)");
  if (news) made.querySelector("[data-place=theirs]")?.replaceChildren(document.importNode(news, true));
  show(made, "has-theirs", Boolean(news));
  made.querySelector("[data-open]")?.addEventListener("click", () => void reopened(lock, entry));
  made.querySelector("[data-drop]")?.addEventListener("click", (event) => void dropped(event, entry));
}

async function reopened(lock: Lock, entry: Entry): Promise<void> {
  const { token: good } = await token().catch(() => ({ token: "" }));
  if (good) await openAgain(lock, entry, good);
}

async function dropped(event: Event, entry: Entry): Promise<void> {
  const button = event.currentTarget;
  const question = button instanceof HTMLElement ? button.dataset["sure"] : undefined;
  if (question && !confirm(question)) return;
  await drop(entry);
  new BroadcastChannel("field").postMessage("changed");
}

function say(made: DocumentFragment, name: string, text: string): void {
  for (const place of made.querySelectorAll(`[data-value="${name}"]`)) place.textContent = text;
}

function show(made: DocumentFragment, name: string, isShown: boolean): void {
  for (const place of made.querySelectorAll<HTMLElement>(`[data-if="${name}"]`)) place.hidden = !isShown;
}

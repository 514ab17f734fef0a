/* Forms that wait, and sending them in the order in which they were filled in. */

import { shrunk } from "./photos";
import { seal, sealJson, unseal, unsealJson } from "./sealing";
import { drop, entries, put, type Entry, type Lock } from "./store";

export const TITLE = "_later";
export const INSTEAD = "_instead";
const TOKEN = "csrfmiddlewaretoken";
const DAY = 86_400_000;

/** What a person can know an entry by: what it is, what they wrote, and how it goes to the server. */
export interface Head {
  title: string;
  type: string;
  texts: [string, string][];
  files: number;
}

/** What the server said to it: the page that it would have shown. */
export interface Answer {
  status?: number;
  page?: string;
  why?: string;
}

/** Those that a page is waiting for: nobody else sends them. */
export const underWay = new Set<string>();

export type Outcome = "done" | "refused" | "signed-out" | "later";

/** Keeps a form. The token of its page is left out: by the time it goes, another one is good. */
export async function add(lock: Lock, path: string, form: FormData): Promise<Entry> {
  const title = form.get(TITLE);
  const lean = new FormData();
  const texts: [string, string][] = [];
  let files = 0;
  for (const [name, value] of form) {
    if (name === TITLE || name === TOKEN || name === INSTEAD) continue;
    if (typeof value === "string") {
      lean.append(name, value);
      texts.push([name, value]);
    } else if (value.size) {
      lean.append(name, await shrunk(value));
      files += 1;
    }
  }
  const packed = new Response(lean);
  const type = packed.headers.get("Content-Type") ?? "";
  const body = await packed.arrayBuffer();
  const id = crypto.randomUUID();
  const head: Head = { title: String(title), type, texts, files };
  const entry: Entry = {
    id,
    phone: lock.phone,
    state: "waiting",
    path,
    madeAt: Date.now(),
    size: body.byteLength,
    instead: String(form.get(INSTEAD) ?? ""),
    head: await sealJson(lock, id, head),
    body: await seal(lock, id, body),
  };
  entry.seq = await put(entry);
  return entry;
}

export async function headOf(lock: Lock, entry: Entry): Promise<Head> {
  return unsealJson<Head>(lock, entry.id, entry.head);
}

export async function answerOf(lock: Lock, entry: Entry): Promise<Answer> {
  return entry.answer ? unsealJson<Answer>(lock, entry.id, entry.answer) : {};
}

/** What goes to the server. `isLater`: nobody waits for a page. */
export async function requestOf(lock: Lock, entry: Entry, token: string, isLater: boolean): Promise<RequestInit> {
  const { type } = await headOf(lock, entry);
  const headers: Record<string, string> = {
    "Content-Type": type,
    "X-CSRFToken": token,
    "Jingwei-Queued": entry.id,
    "Jingwei-Age": String((Date.now() - entry.madeAt) / 1000),
    "Jingwei-Member": String(lock.member),
  };
  if (isLater) headers["Jingwei-Later"] = "1";
  const body = entry.body ? await unseal(lock, entry.id, entry.body) : null;
  return { method: "POST", headers, body, redirect: "manual", credentials: "same-origin" };
}

/** The files of an entry, to be chosen again. */
export async function filesOf(lock: Lock, entry: Entry): Promise<[string, File][]> {
  if (!entry.body) return [];
  const { type } = await headOf(lock, entry);
  const form = await new Response(await unseal(lock, entry.id, entry.body), { headers: { "Content-Type": type } }).formData();
  return [...form].filter((pair): pair is [string, File] => typeof pair[1] !== "string");
}

/** Sends what waits under this lock, one after the other; stops where the line is lost. What follows something that was
    refused at the same place waits for it. */
export async function sendAll(lock: Lock, token: string, tell: () => void): Promise<Outcome> {
  const stuck = new Set<string>();
  for (const entry of await entries()) {
    if (entry.phone !== lock.phone || entry.state === "sent" || underWay.has(entry.id)) continue;
    if (entry.state === "refused" || isStuck(stuck, entry)) {
      stuck.add(placeOf(entry.path));
      continue;
    }
    const outcome = await sendOne(lock, entry, token);
    if (outcome === "refused") stuck.add(placeOf(entry.path));
    tell();
    if (outcome === "signed-out" || outcome === "later") return outcome;
  }
  await tidy();
  return "done";
}

async function sendOne(lock: Lock, entry: Entry, token: string): Promise<Outcome> {
  let response: Response;
  try {
    response = await fetch(entry.path, await requestOf(lock, entry, token, true));
  } catch {
    return "later";
  }
  if (response.status === 401) return "signed-out";
  if (response.type === "opaqueredirect" || response.status === 429 || response.status >= 500) return "later";
  const said = (await response.json().catch(() => ({}))) as Answer & { result?: string; is_clock_doubtful?: boolean };
  if (response.ok && said.result === "done") {
    await markSent(entry, said.is_clock_doubtful ?? false);
    return "done";
  }
  await refuse(lock, entry, said);
  return "refused";
}

/** The server did not take it: it stays, for a person to decide. */
export async function refuse(lock: Lock, entry: Entry, said: Answer): Promise<void> {
  await put({ ...entry, state: "refused", answer: await sealJson(lock, entry.id, said) });
}

/** It has arrived: what it was stays for a day, what it said goes. And so does the refused one that it stands for. */
export async function markSent(entry: Entry, isDoubtful = false): Promise<void> {
  const { body: _body, answer: _answer, ...rest } = entry;
  await put({ ...rest, state: "sent", isDoubtful });
  for (const other of await entries()) {
    if (other.state === "refused" && other.id === entry.instead) await drop(other);
  }
}

async function tidy(): Promise<void> {
  for (const entry of await entries()) {
    if (entry.state === "sent" && Date.now() - entry.madeAt > DAY) await drop(entry);
  }
}

/** The case or the list that a form is about; each report is about something new. */
export function placeOf(path: string): string {
  return /^(\/field\/(?:cases|work-lists)\/[^/]+\/)/.exec(path)?.[1] ?? "";
}

function isStuck(stuck: Set<string>, entry: Entry): boolean {
  const place = placeOf(entry.path);
  return place !== "" && stuck.has(place);
}

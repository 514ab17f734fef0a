/* What the server did not take comes back to its form, with what was written and its photos. */

import { filesOf, headOf, INSTEAD } from "./outbox";
import { currentLock, entries, type Entry, type Lock } from "./store";

const AGAIN = "again";

/** Opens the form of an entry with what was written in it. The server shows it as it is today. */
export async function openAgain(lock: Lock, entry: Entry, token: string): Promise<void> {
  const { texts } = await headOf(lock, entry);
  const form = document.createElement("form");
  form.method = "post";
  form.action = entry.path;
  const fields: [string, string][] = [...texts, ["again", "1"], ["csrfmiddlewaretoken", token]];
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  sessionStorage.setItem(AGAIN, entry.id);
  form.submit();
}

/** On the page of a form that was opened again: the photos are chosen again, and it says whose place it takes. */
export async function fillBack(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-later]");
  const lock = form && (await currentLock());
  if (!form || !lock) return;
  const path = new URL(form.action).pathname;
  const id = sessionStorage.getItem(AGAIN);
  const entry = (await entries()).find((one) => one.id === id && one.state === "refused" && one.phone === lock.phone);
  if (!entry || entry.path !== path) return;
  sessionStorage.removeItem(AGAIN);
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: INSTEAD, value: entry.id });
  form.append(field);
  for (const [name, files] of grouped(await filesOf(lock, entry))) {
    const input = form.querySelector<HTMLInputElement>(`input[type=file][name="${CSS.escape(name)}"]`);
    if (!input || input.files?.length) continue;
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    input.files = list.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function grouped(pairs: [string, File][]): Map<string, File[]> {
  const found = new Map<string, File[]>();
  for (const [name, file] of pairs) found.set(name, [...(found.get(name) ?? []), file]);
  return found;
}

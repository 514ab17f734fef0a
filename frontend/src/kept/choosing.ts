/* What the server did not take comes back to its form, with what was written and its photos. */

import { filesOf, headOf } from "./outbox";
import { currentLock, entries, type Entry, type Lock } from "./store";

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
  form.submit();
}

/** On the page of a form whose like was refused: the photos are chosen again. */
export async function fillBack(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("form[data-later]");
  const lock = form && (await currentLock());
  if (!form || !lock) return;
  const path = new URL(form.action).pathname;
  const entry = (await entries())
    .filter((one) => one.state === "refused" && one.path === path && one.phone === lock.phone)
    .at(-1);
  if (!entry) return;
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

/* One round with the server: who is signed in, the key, what waits goes out, what is new comes in. */

import { sendAll } from "./outbox";
import { takeAlong } from "./pages";
import { importKey } from "./sealing";
import { lockUp, recall, remember, wipe, type Lock } from "./store";

/** What the last round came to: shown on every page. */
export type Standing = "fine" | "signed-out" | "withdrawn";

const BASE = "/field/offline/";

export async function token(): Promise<{ member: number | null; token: string }> {
  const response = await fetch(`${BASE}who/`, { credentials: "same-origin", cache: "no-store" });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return response.json() as Promise<{ member: number | null; token: string }>;
}

/** Throws where the server cannot be reached. `tell` hears of every step. */
export async function sync(tell: () => void): Promise<void> {
  await navigator.locks.request("field-sync", async () => {
    await remember("state", await round(tell));
    tell();
  });
}

async function round(tell: () => void): Promise<Standing> {
  const { member, token: good } = await token();
  if (member === null) {
    await lockUp();
    return "signed-out";
  }
  const lock = await unlocked(member, good);
  if (!lock) return "withdrawn";
  tell();
  const outcome = await sendAll(lock, good, tell);
  if (outcome === "signed-out") return "signed-out";
  if (outcome === "later") throw new Error("the line was lost");
  const response = await fetch(`${BASE}pages/`, { credentials: "same-origin", cache: "no-store" });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const { pages } = (await response.json()) as { pages: { url: string; tag: string }[] };
  await takeAlong(lock, pages);
  return "fine";
}

/** The lock of this member on this phone; undefined once it was withdrawn: then all that it locked is gone. */
async function unlocked(member: number, good: string): Promise<Lock | undefined> {
  const phones = (await recall<Record<number, string>>("phones")) ?? {};
  const before = await recall<Lock>("lock");
  if (before && before.member !== member) await lockUp();
  const phone = (phones[member] ??= crypto.randomUUID());
  await remember("phones", phones);
  const response = await fetch(`${BASE}key/${phone}/`, {
    method: "POST",
    headers: { "X-CSRFToken": good },
    credentials: "same-origin",
    redirect: "error",
  });
  if (response.status === 410) {
    await wipe(phone);
    const { [member]: _gone, ...others } = phones;
    await remember("phones", others);
    return undefined;
  }
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const { key, lives } = (await response.json()) as { key: string; lives: number };
  const lock = { key: await importKey(key), phone, member, until: Date.now() + lives * 1000 };
  await remember("lock", lock);
  return lock;
}

/* Pages for where there is no signal: those that the server names, sealed. */

import { seal, unseal } from "./sealing";
import { currentLock, database, type KeptPage, type Lock } from "./store";

const AT_ONCE = 4;
const POLICY = "Content-Security-Policy";

interface Named {
  url: string;
  tag: string;
}

/** The name under which a page is kept: where it leads back to makes no difference. */
export function nameOf(address: string): string {
  const url = new URL(address);
  return url.searchParams.has("ahead") ? `${url.pathname}?ahead=1` : url.pathname;
}

/** Fetches what is new, and lets go what is no longer named. */
export async function takeAlong(lock: Lock, named: Named[]): Promise<void> {
  const db = await database();
  const wanted = new Map(named.map(({ url, tag }) => [url, tag]));
  for (const kept of await db.getAll("pages")) {
    if (wanted.get(kept.url) === kept.tag) wanted.delete(kept.url);
    else if (!wanted.has(kept.url)) await db.delete("pages", kept.url);
  }
  const left = [...wanted];
  const fetchers = Array.from({ length: AT_ONCE }, async () => {
    for (let one = left.shift(); one; one = left.shift()) await takeOne(lock, one[0], one[1]);
  });
  await Promise.all(fetchers);
}

async function takeOne(lock: Lock, url: string, tag: string): Promise<void> {
  const response = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (!response.ok) return;
  const type = response.headers.get("Content-Type") ?? "";
  const sealed = await seal(lock, url, await response.arrayBuffer());
  const policy = response.headers.get(POLICY) ?? "";
  await (await database()).put("pages", { url, tag, at: Date.now(), type, policy, sealed });
}

export async function isKept(name: string): Promise<boolean> {
  return (await (await database()).getKey("pages", name)) !== undefined;
}

/** The page as it was when it was taken along, and says so; undefined where it is not here or cannot be read. */
export async function keptPage(name: string): Promise<Response | undefined> {
  const lock = await currentLock();
  const kept: KeptPage | undefined = await (await database()).get("pages", name);
  if (!lock || !kept) return undefined;
  try {
    const bytes = await unseal(lock, kept.url, kept.sealed);
    const headers: Record<string, string> = { "Content-Type": kept.type, "Cache-Control": "no-store" };
    headers["X-Content-Type-Options"] = "nosniff";
    if (kept.policy) headers[POLICY] = kept.policy;
    if (!kept.type.startsWith("text/html")) return new Response(bytes, { headers });
    const text = new TextDecoder().decode(bytes).replace("<html ", `<html data-as-of="${kept.at}" `);
    return new Response(text, { headers });
  } catch {
    return undefined; // kept under a key of before
  }
}

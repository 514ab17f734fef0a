/* The service worker of the field. In plain it keeps the application itself and nothing about a person; pages of the
   shift and forms that wait are sealed (kept/). */

import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { add, markSent, refuse, requestOf, TITLE, underWay } from "./kept/outbox";
import { isKept, keptPage, nameOf } from "./kept/pages";
import { currentLock, database, drop, entries, type Entry, type Lock } from "./kept/store";
import { sync } from "./kept/syncing";

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

declare const self: ServiceWorkerGlobalScope & {
  jingwei: { assets: PrecacheEntry[]; shell: string };
  registration: ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
};

const SHELL = "shell";
const TODO = "/field/sync/";
const REPORT = "/field/report/";
const REPORT_NOW = "/field/report/now/";
const PHOTOS = "/photos/";
const PATIENCE = 4_000;
const PATIENCE_SENDING = 30_000;
const TAG = "field";
const channel = new BroadcastChannel(TAG);

precacheAndRoute(self.jingwei.assets);
cleanupOutdatedCaches();

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data === "sync") event.waitUntil(round().catch(() => undefined));
});

// Where the browser can: as soon as there is a signal, also with every page closed. It tries again if this fails.
self.addEventListener("sync", (event) => {
  const waking = event as SyncEvent;
  if (waking.tag === TAG) waking.waitUntil(round());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  const isOurs = request.url.startsWith(self.registration.scope) && !pathname.startsWith("/field/offline/");
  if (request.method === "POST" && request.mode === "navigate" && isOurs) event.respondWith(post(request));
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate" && request.url.startsWith(self.registration.scope)) event.respondWith(page(request));
  else if (request.headers.has("HX-Request") && isOurs) event.respondWith(part(request));
  else if (pathname.startsWith(PHOTOS)) event.respondWith(photo(request));
});

/* As the server gives it. Without a signal: as it was taken along, else a page that says so. */
async function page(request: Request): Promise<Response> {
  const name = nameOf(request.url);
  try {
    return await inTime(request, (await isKept(name).catch(() => false)) ? PATIENCE : undefined);
  } catch {
    const report = name.startsWith(REPORT) ? REPORT_NOW : name;
    return (await keptPage(report).catch(() => undefined)) ?? (await caches.match(self.jingwei.shell)) ?? Response.error();
  }
}

/* What comes up as a sheet: without a signal it is opened as a page of its own. */
async function part(request: Request): Promise<Response> {
  const name = nameOf(request.url);
  const kept = await isKept(name).catch(() => false);
  try {
    return await inTime(request, kept ? PATIENCE : undefined);
  } catch (lost) {
    if (kept) return new Response("", { headers: { "HX-Redirect": request.url } });
    throw lost;
  }
}

async function photo(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (lost) {
    const kept = await keptPage(nameOf(request.url)).catch(() => undefined);
    if (kept) return kept;
    throw lost;
  }
}

/* A form that can wait is kept before it is sent: whatever happens to the line, the page or the phone, it is there. */
async function post(request: Request): Promise<Response> {
  const lock = await currentLock().catch(() => undefined);
  const form = lock && (await request.clone().formData().catch(() => undefined));
  if (!lock || !form?.has(TITLE)) return fetch(request);
  const path = new URL(request.url).pathname;
  const token = String(form.get("csrfmiddlewaretoken") ?? "");
  const hasTurn = !(await entries()).some((one) => one.state === "waiting" && one.phone === lock.phone);
  let entry: Entry;
  try {
    entry = await kept(lock, path, form);
  } catch {
    return fetch(request).catch(() => Response.redirect(`${self.jingwei.shell}?full=1`, 303));
  }
  if (!hasTurn) return later();
  underWay.add(entry.id);
  return sent(lock, entry, token)
    .catch(later)
    .finally(() => underWay.delete(entry.id));
}

/* Where the phone is full, pages make room for what was written. */
async function kept(lock: Lock, path: string, form: FormData): Promise<Entry> {
  try {
    return await add(lock, path, form);
  } catch {
    await (await database()).clear("pages");
    return add(lock, path, form);
  }
}

async function sent(lock: Lock, entry: Entry, token: string): Promise<Response> {
  const request = await requestOf(lock, entry, token, false);
  const response = await fetch(entry.path, { ...request, signal: AbortSignal.timeout(PATIENCE_SENDING) });
  if (isAway(response) || response.status === 401 || response.status >= 500) throw new Error(`answered ${response.status}`);
  if (response.type === "opaqueredirect") await markSent(entry);
  else if (response.ok || response.status === 422) await drop(entry); // the form again, with what was written
  else await refuse(lock, entry, { status: response.status, page: await response.clone().text() });
  tell();
  return response;
}

function later(): Response {
  tell();
  void self.registration.sync?.register(TAG).catch(() => undefined);
  return Response.redirect(TODO, 303);
}

async function round(): Promise<void> {
  await keepShell().catch(() => undefined);
  await sync(tell);
}

/* Proxies answer for a site that cannot be reached. */
function isAway(response: Response): boolean {
  return [429, 502, 503, 504].includes(response.status);
}

async function inTime(request: Request, patience: number | undefined): Promise<Response> {
  const wait = patience === undefined ? {} : { signal: AbortSignal.timeout(patience) };
  const response = await fetch(request, wait);
  if (patience !== undefined && isAway(response)) throw new Error(`answered ${response.status}`);
  return response;
}

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  await cache.add(new Request(self.jingwei.shell, { cache: "reload" }));
}

function tell(): void {
  channel.postMessage("changed");
}

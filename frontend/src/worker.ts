/* The service worker of the field. What it keeps in plain is the application itself, never anything about a person. */

import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope & {
  jingwei: { assets: PrecacheEntry[]; shell: string };
};

const SHELL = "shell";

precacheAndRoute(self.jingwei.assets);
cleanupOutdatedCaches();

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method === "GET" && mode === "navigate" && isOurs(url)) event.respondWith(page(event.request));
});

/* As the server gives it; where it cannot be reached, a page that says so. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(self.jingwei.shell)) ?? Response.error();
  }
}

async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL);
  await cache.add(new Request(self.jingwei.shell, { cache: "reload" }));
}

function isOurs(url: string): boolean {
  return url.startsWith(self.registration.scope);
}

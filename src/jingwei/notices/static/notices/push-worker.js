/* Shows messages of the site while none of its pages is open. It fetches nothing and keeps nothing. */

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  const told = event.data.json();
  const shown = {
    body: told.said,
    tag: told.key,
    lang: told.language,
    requireInteraction: told.is_urgent,
    data: { path: told.path },
  };
  event.waitUntil(self.registration.showNotification(told.title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(new URL(event.notification.data.path, self.location.origin)));
});

/* The page where it is open already, else a new one. Only pages of this site. */
async function openPage(url) {
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url.href);
  await (there ? there.focus() : self.clients.openWindow(url.href));
}

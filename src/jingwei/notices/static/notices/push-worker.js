/* Shows messages of the site while none of its pages is open. It keeps nothing. */

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

/* The push service gives this browser another address, or wants to be asked for one. */
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.newSubscription)));

async function renew(given) {
  const place = new URL("push/renew/", self.registration.scope);
  const terms = await fetch(place);
  if (!terms.ok || terms.redirected) return given?.unsubscribe(); // signed out, and told no more
  const { key, token } = await terms.json();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const agreed = given ?? (await self.registration.pushManager.subscribe(options));
  const { endpoint, keys } = agreed.toJSON();
  const body = new URLSearchParams({ endpoint, key: keys.p256dh, secret: keys.auth });
  const answer = await fetch(place, { method: "POST", headers: { "X-CSRFToken": token }, body });
  if (!answer.ok) await agreed.unsubscribe(); // switched off elsewhere
}

/* The page where it is open already, else a new one. Only pages of this site. */
async function openPage(url) {
  if (url.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url.href);
  await (there ? there.focus() : self.clients.openWindow(url.href));
}

/* Switches messages on this device's screen on, where the browser can show them. Without this script the list of devices
   stays, each with its button to switch it off. */

const KNOWN = "push-device";
const card = document.querySelector("[data-push-worker]");

if (card) begin();

async function begin() {
  if (!("serviceWorker" in navigator && "PushManager" in self && "Notification" in self)) return show("unsupported");
  card.querySelector("[data-push-on]").addEventListener("click", switchOn);
  const there = await subscribed();
  const line = there && card.querySelector(`[data-device="${localStorage.getItem(KNOWN)}"]`);
  if (line) {
    line.querySelector("[data-this]").hidden = false;
    return show("on");
  }
  await there?.unsubscribe(); // switched off elsewhere, or agreed to another key
  show(Notification.permission === "denied" ? "blocked" : "off");
}

async function subscribed() {
  const registration = await navigator.serviceWorker.getRegistration(card.dataset.pushScope);
  return registration?.pushManager.getSubscription();
}

async function switchOn() {
  show("busy");
  if ((await Notification.requestPermission()) !== "granted") return show("blocked");
  try {
    const registration = await started();
    const agreed = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: card.dataset.pushKey,
    });
    localStorage.setItem(KNOWN, await told(agreed.toJSON()));
    location.reload();
  } catch {
    show("failed");
  }
}

/* The registration, once its worker is ready to be subscribed. */
async function started() {
  const { pushWorker, pushScope } = card.dataset;
  const registration = await navigator.serviceWorker.register(pushWorker, { scope: pushScope });
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active && coming) {
    await new Promise((resolve) => {
      coming.addEventListener("statechange", () => coming.state === "activated" && resolve());
    });
  }
  return registration;
}

/* The id under which the site keeps this browser. */
async function told({ endpoint, keys }) {
  const headers = { "X-CSRFToken": card.querySelector("[name=csrfmiddlewaretoken]").value };
  const body = new URLSearchParams({ endpoint, key: keys.p256dh, secret: keys.auth });
  const answer = await fetch(card.dataset.pushAdd, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).id;
}

function show(state) {
  for (const part of card.querySelectorAll("[data-push-state]")) part.hidden = part.dataset.pushState !== state;
}

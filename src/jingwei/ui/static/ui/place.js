/* Fills the place of a form from the device when a button is pressed, never by itself (ui/parts/place_field.html).
   Without permission, signal or a secure page the form's other ways to name a place remain. */

for (const box of document.querySelectorAll("[data-place]")) {
  if (window.isSecureContext && navigator.geolocation) attend(box);
}

function attend(box) {
  const button = box.querySelector("[data-locate]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-disabled", "true");
    say(box, box.dataset.wordsBusy);
    navigator.geolocation.getCurrentPosition(
      (position) => {
        fill(box, position.coords);
        finish(box, button, box.dataset.wordsDone);
      },
      (error) => finish(box, button, error.code === error.PERMISSION_DENIED ? box.dataset.wordsDenied : box.dataset.wordsFailed),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  });
}

function fill(box, { longitude, latitude, accuracy }) {
  box.querySelector("[name=longitude]").value = longitude.toFixed(6);
  box.querySelector("[name=latitude]").value = latitude.toFixed(6);
  const field = box.querySelector("[name=accuracy]");
  if (field) field.value = String(Math.round(accuracy));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function finish(box, button, words) {
  button.removeAttribute("aria-disabled");
  say(box, words);
}

function say(box, words) {
  box.querySelector("[data-place-said]").textContent = words;
}

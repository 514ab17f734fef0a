/* A form with data-passkey ("create" or "get") asks the device first and sends what it answers. The question is in
   data-options, as the server made it; binary parts travel as base64url. */

const BINARY_IN = ["challenge", "user.id", "excludeCredentials.id", "allowCredentials.id"];

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  if (!window.PublicKeyCredential || !window.isSecureContext) {
    said.textContent = said.dataset.wordsNone;
    said.hidden = false;
    continue;
  }
  // In the capture phase: before once.js counts the form as sent.
  form.addEventListener("submit", (event) => ask(event, form, said), true);
}

async function ask(event, form, said) {
  const answer = form.elements.answer;
  if (answer.value) return;
  event.preventDefault();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  said.hidden = true;
  try {
    const publicKey = withBytes(JSON.parse(form.dataset.options));
    const given = await navigator.credentials[form.dataset.passkey]({ publicKey });
    answer.value = JSON.stringify(asJson(given));
    form.requestSubmit();
  } catch {
    said.textContent = said.dataset.wordsFailed;
    said.hidden = false;
  } finally {
    delete form.dataset.asking;
  }
}

function withBytes(options) {
  for (const path of BINARY_IN) {
    const [first, last] = path.split(".");
    if (!options[first]) continue;
    if (!last) options[first] = bytes(options[first]);
    else for (const one of [options[first]].flat()) one[last] = bytes(one[last]);
  }
  return options;
}

function asJson(given) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given.response[name]) response[name] = text(given.response[name]);
  }
  if (given.response.getTransports) response.transports = given.response.getTransports();
  return { id: given.id, rawId: text(given.rawId), type: given.type, response, clientExtensionResults: {} };
}

function bytes(words) {
  const plain = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

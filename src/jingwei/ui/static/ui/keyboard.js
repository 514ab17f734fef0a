/* Keys for the desk. `data-key="d"` on a link or button is pressed by that key; rows of [data-rows] are walked with
   j and k; the field [data-search] is found with /. The help is the dialog #keys. Nothing happens while typing.
   A button [data-print] prints the page. */

const WALK = { j: 1, k: -1 };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (act(event.key)) event.preventDefault();
});

function act(key) {
  if (key in WALK) return walk(WALK[key]);
  if (key === "/") return focus(document.querySelector("[data-search]"));
  if (key === "?") return help();
  if (key === "x") return tick();
  const target = /^[a-z.]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
  if (!target || target.closest("[hidden]")) return false;
  target.click();
  return true;
}

/** Moves the focus by one row; from nowhere to the row of the open case, or the first. */
function walk(by) {
  const links = [...document.querySelectorAll("[data-rows] a[data-row]")];
  if (!links.length) return false;
  const here = links.indexOf(document.activeElement);
  const open = links.findIndex((link) => link.closest("[aria-current]"));
  const start = here >= 0 ? here : open;
  const next = start < 0 ? 0 : Math.min(Math.max(start + by, 0), links.length - 1);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
  return true;
}

function tick() {
  const box = document.activeElement?.closest("[data-rows] tr, [data-rows] li")?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

function help() {
  document.getElementById("keys")?.showModal();
  return true;
}

function focus(field) {
  field?.focus();
  field?.select?.();
  return Boolean(field);
}

function isTyping(target) {
  if (!(target instanceof Element)) return false;
  return target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])");
}

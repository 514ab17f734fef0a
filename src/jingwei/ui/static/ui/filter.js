/* Long lists of boxes to tick can be searched (ui/parts/list_search.html): what does not hold the words is out of the
   way, what is ticked stays in sight. Without this script the list stands there whole. */

document.addEventListener("input", ({ target }) => target.matches("[data-list-search] input") && sift(target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-list-search] input")) event.preventDefault();
});
document.body.addEventListener("htmx:load", ({ detail }) => open(detail.elt));
open(document);

function open(part) {
  for (const box of part.querySelectorAll("[data-list-search]")) box.hidden = false;
}

function sift(field) {
  const words = field.value.trim().toLowerCase().split(/\s+/);
  const options = [...field.closest("fieldset").querySelectorAll("label:has(input:is([type=checkbox], [type=radio]))")];
  for (const option of options) {
    const said = option.textContent.toLowerCase();
    option.hidden = !option.querySelector("input").checked && !words.every((word) => said.includes(word));
  }
  field.closest("[data-list-search]").querySelector("[data-nothing]").hidden = options.some((option) => !option.hidden);
}

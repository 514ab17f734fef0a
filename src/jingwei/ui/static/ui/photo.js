/* Previews of chosen photos, each with a button that takes it out again (ui/parts/photo_field.html).
   The files themselves go as they were taken: the server reads the place out of them and then strips it. */

const chosenIn = new WeakMap(); // by file field: what stays chosen when more is added

document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-photos]");
  if (!box || event.target.type !== "file") return;
  const input = event.target;
  const chosen = chosenIn.get(input) ?? [];
  const added = [...input.files].filter((file) => !chosen.some((other) => isSame(other, file)));
  const all = [...chosen, ...added];
  const most = Number(box.dataset.most);
  box.querySelector("[data-photo-said]").textContent = all.length > most ? box.dataset.wordsTooMany : "";
  keep(box, input, all.slice(0, most));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-photos] [data-previews] .photo-x");
  if (!button) return;
  const box = button.closest("[data-photos]");
  const input = box.querySelector("input[type=file]");
  const figures = [...box.querySelectorAll("[data-previews] > figure")];
  const index = figures.indexOf(button.closest("figure"));
  keep(box, input, (chosenIn.get(input) ?? []).filter((_file, place) => place !== index));
  input.focus();
});

function keep(box, input, files) {
  chosenIn.set(input, files);
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  input.files = list.files;
  const previews = box.querySelector("[data-previews]");
  for (const image of previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  previews.replaceChildren(...files.map((file) => preview(file, box.dataset.wordsRemove)));
}

function preview(file, remove) {
  const figure = document.createElement("figure");
  figure.className = "photo";
  const image = document.createElement("img");
  image.src = URL.createObjectURL(file);
  image.alt = file.name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "photo-x";
  button.setAttribute("aria-label", `${remove} ${file.name}`);
  figure.append(image, button);
  return figure;
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

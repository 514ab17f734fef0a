/* Previews of chosen photos, each with a button that takes it out again (ui/parts/photo_field.html).
   The files themselves go as they were taken: the server reads the place out of them and then strips it. */

for (const box of document.querySelectorAll("[data-photos]")) attend(box);

function attend(box) {
  const input = box.querySelector("input[type=file]");
  const previews = box.querySelector("[data-previews]");
  const said = box.querySelector("[data-photo-said]");
  const most = Number(box.dataset.most);
  let chosen = [];
  box.toggleAttribute("data-photos-on", true);

  input.addEventListener("change", () => {
    const added = [...input.files].filter((file) => !chosen.some((other) => isSame(other, file)));
    const all = [...chosen, ...added];
    said.textContent = all.length > most ? box.dataset.wordsTooMany : "";
    keep(all.slice(0, most));
  });

  function keep(files) {
    chosen = files;
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    input.files = list.files;
    for (const image of previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    previews.replaceChildren(...files.map(preview));
  }

  function preview(file) {
    const figure = document.createElement("figure");
    figure.className = "photo";
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "photo-x";
    button.setAttribute("aria-label", `${box.dataset.wordsRemove} ${file.name}`);
    button.addEventListener("click", () => {
      keep(chosen.filter((other) => other !== file));
      input.focus();
    });
    figure.append(image, button);
    return figure;
  }
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

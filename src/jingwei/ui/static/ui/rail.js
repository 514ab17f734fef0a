/* The rail of the desk opens where one is: on a narrow screen it lies down and is longer than the screen is wide. */

const rail = document.querySelector(".rail");
const here = rail?.querySelector("[aria-current]");
if (here) {
  const [whole, part] = [rail.getBoundingClientRect(), here.getBoundingClientRect()];
  rail.scrollLeft += part.left - whole.left - (whole.width - part.width) / 2;
  if (part.bottom > whole.bottom) rail.scrollTop += part.bottom - whole.bottom + part.height;
}

/* A conversation opens at its end and stays there while messages come in, unless one reads further up. Ctrl+Enter sends. */

const NEAR = 120;
let wasAtEnd = true;

if (!location.search.includes("before=")) toEnd();
addEventListener("scroll", () => (wasAtEnd = isAtEnd()), { passive: true });
document.body.addEventListener("htmx:afterSettle", stay);
document.body.addEventListener("load", stay, true); // a picture that has come takes its place
document.body.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("#write");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function stay() {
  if (wasAtEnd) toEnd();
}

function isAtEnd() {
  return innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR;
}

function toEnd() {
  scrollTo({ top: document.documentElement.scrollHeight });
}

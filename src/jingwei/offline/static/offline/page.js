// frontend/src/page.ts
var e = document.querySelector("script[data-worker]")?.dataset.worker;
e && "serviceWorker" in navigator && addEventListener("load", () => void navigator.serviceWorker.register(e));

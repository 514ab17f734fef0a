/* On every page of the field: sets up the service worker. Where the browser has none, pages work as they always do. */

const worker = document.querySelector<HTMLScriptElement>("script[data-worker]")?.dataset["worker"];

if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register(worker));
}

export {};

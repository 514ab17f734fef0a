/* Files on their way to the server, piece by piece (docs/guides/uploads.md). They are kept in the browser until they are
   used, so that a lost line or a new page goes on where the last one ended. */

const PIECE = 1_048_576;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const STORE = "files";
const LIVES = 86_400_000;

/* What is kept for `place`, in the order in which it was added: [{id, place, name, file}]. The server keeps nothing longer
   than a day that nobody uses, and neither does the browser. */
export async function keptFor(place) {
  const all = await inStore("readonly", (store) => store.getAll());
  for (const one of all.splice(0)) {
    if (Date.now() - one.added < LIVES) all.push(one);
    else await forgetFile(one.id);
  }
  return all.filter((one) => one.place === place).sort((one, other) => one.added - other.added);
}

export async function keepFile(place, file, id = crypto.randomUUID()) {
  const kept = { id, place, name: file.name, file, added: Date.now() };
  await inStore("readwrite", (store) => store.put(kept));
  return kept;
}

export function forgetFile(id) {
  return inStore("readwrite", (store) => store.delete(id));
}

/* Sends what the server does not have yet, for as long as it takes. `tell` hears the share that is there. Throws an Error
   with the server's words where it refuses the file. */
export async function sendFile(kept, token, tell, signal) {
  let offset = (await ask("/uploads/", begun(kept), token, signal)).offset;
  while (offset < kept.file.size) {
    tell(offset / kept.file.size);
    const body = kept.file.slice(offset, offset + PIECE);
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) };
    offset = (await ask(`/uploads/${kept.id}/`, () => ({ method: "PATCH", body, headers }), token, signal)).offset;
  }
  tell(1);
}

function begun(kept) {
  return () => ({ method: "POST", body: new URLSearchParams({ id: kept.id, size: kept.file.size }) });
}

async function ask(url, request, token, signal) {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      const { headers = {}, ...rest } = request();
      const answer = await fetch(url, { ...rest, headers: { ...headers, "X-CSRFToken": token }, signal });
      if (answer.ok || answer.status === 409) {
        const said = await answer.json();
        if ("offset" in said) return said;
        throw new Refused(said.why);
      }
      if (answer.status < 500 && answer.status !== 429) throw new Refused("");
    } catch (problem) {
      if (problem instanceof Refused || signal.aborted) throw problem;
    }
    await pause(wait, signal);
  }
}

class Refused extends Error {}

/* Until the time is over, or the line is back. */
function pause(wait, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true, signal });
  });
}

function inStore(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("uploads", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
      asked.transaction.oncomplete = () => opening.result.close();
    };
  });
}

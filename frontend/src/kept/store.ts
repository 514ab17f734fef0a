/* What the phone keeps, in IndexedDB: pages for the shift and forms that wait, both sealed; in plain only what is needed
   to find, order and count them. */

import { openDB, type DBSchema, type IDBPDatabase } from "idb";

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** The key of the phone's member. The browser lets it be used, and never read. */
export interface Lock {
  key: CryptoKey;
  phone: string;
  member: number;
  until: number;
}

export interface KeptPage {
  url: string;
  tag: string;
  at: number;
  type: string;
  policy?: string;
  sealed: Sealed;
}

export type State = "waiting" | "refused" | "sent";

/** A form that was filled in: `head` says what it is to people, `body` is what goes to the server, byte by byte. */
export interface Entry {
  seq?: number;
  id: string;
  phone: string;
  state: State;
  path: string;
  madeAt: number;
  size: number;
  isDoubtful?: boolean;
  /** The refused one that this takes the place of. */
  instead?: string;
  head: Sealed;
  body?: Sealed;
  answer?: Sealed;
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown };
  pages: { key: string; value: KeptPage };
  outbox: { key: number; value: Entry };
}

/* A later version of the application adds to this; what waits is never taken away. */
const VERSION = 1;

let opening: Promise<IDBPDatabase<Schema>> | undefined;

export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>("field", VERSION, {
    upgrade(db) {
      db.createObjectStore("meta");
      db.createObjectStore("pages", { keyPath: "url" });
      db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    },
    blocking: forgetConnection,
    terminated: forgetConnection,
  });
  opening.catch(() => (opening = undefined)); // full, or not allowed: the next one tries again
  return opening;
}

function forgetConnection(): void {
  void opening?.then((db) => db.close());
  opening = undefined;
}

export async function remember(name: "lock" | "phones" | "state", value: unknown): Promise<void> {
  await (await database()).put("meta", value, name);
}

export async function recall<Value>(name: "lock" | "phones" | "state"): Promise<Value | undefined> {
  return (await (await database()).get("meta", name)) as Value | undefined;
}

/** The lock, as long as it may be used without hearing from the server. */
export async function currentLock(): Promise<Lock | undefined> {
  const lock = await recall<Lock>("lock");
  if (lock && lock.until > Date.now()) return lock;
  if (lock) await lockUp();
  return undefined;
}

/** From now on nothing that is kept can be read here, until the server gives the key again. */
export async function lockUp(): Promise<void> {
  const db = await database();
  await db.delete("meta", "lock");
  await db.clear("pages");
}

/** What a phone with this id keeps is of no use any more. */
export async function wipe(phone: string): Promise<void> {
  await lockUp();
  for (const entry of await entries()) {
    if (entry.phone === phone) await drop(entry);
  }
}

/** All that was filled in, in that order. */
export async function entries(): Promise<Entry[]> {
  return (await database()).getAll("outbox");
}

export async function put(entry: Entry): Promise<number> {
  return (await database()).put("outbox", entry);
}

export async function drop(entry: Entry): Promise<void> {
  if (entry.seq !== undefined) await (await database()).delete("outbox", entry.seq);
}

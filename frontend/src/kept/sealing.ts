/* AES-256-GCM under the key of the phone. What a thing is about is sealed along: it cannot be put in another's place. */

import type { Lock, Sealed } from "./store";

const NONCE_BYTES = 12;

export async function importKey(text: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(lock: Lock, about: string, data: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return { iv, data: await crypto.subtle.encrypt(algorithm(iv, about), lock.key, data) };
}

export async function unseal(lock: Lock, about: string, sealed: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(algorithm(sealed.iv, about), lock.key, sealed.data);
}

export async function sealJson(lock: Lock, about: string, value: unknown): Promise<Sealed> {
  return seal(lock, about, new TextEncoder().encode(JSON.stringify(value)));
}

export async function unsealJson<Value>(lock: Lock, about: string, sealed: Sealed): Promise<Value> {
  return JSON.parse(new TextDecoder().decode(await unseal(lock, about, sealed))) as Value;
}

function algorithm(iv: Uint8Array<ArrayBuffer>, about: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(about) };
}

async function e(e, t, n) {
	let r = crypto.getRandomValues(/* @__PURE__ */ new Uint8Array(12));
	return {
		iv: r,
		data: await crypto.subtle.encrypt(i(r, t), e.key, n)
	};
}
async function t(e, t, n) {
	return crypto.subtle.decrypt(i(n.iv, t), e.key, n.data);
}
async function n(t, n, r) {
	return e(t, n, new TextEncoder().encode(JSON.stringify(r)));
}
async function r(e, n, r) {
	return JSON.parse(new TextDecoder().decode(await t(e, n, r)));
}
function i(e, t) {
	return {
		name: "AES-GCM",
		iv: e,
		additionalData: new TextEncoder().encode(t)
	};
}
// frontend/node_modules/idb/build/index.js
var a = (e, t) => t.some((t) => e instanceof t), o, s;
function ee() {
	return o ||= [
		IDBIndex,
		IDBObjectStore,
		IDBCursor,
		IDBDatabase,
		IDBTransaction
	];
}
function te() {
	return s ||= [
		"advance",
		"continue",
		"continuePrimaryKey"
	].map((e) => IDBCursor.prototype[e]);
}
var c = /* @__PURE__ */ new WeakMap(), l = /* @__PURE__ */ new WeakMap(), u = /* @__PURE__ */ new WeakMap();
function ne(e) {
	let t = new Promise((t, n) => {
		let r = () => {
			e.removeEventListener("success", i), e.removeEventListener("error", a);
		}, i = () => {
			t(m(e.result)), r();
		}, a = () => {
			n(e.error), r();
		};
		e.addEventListener("success", i), e.addEventListener("error", a);
	});
	return u.set(t, e), t;
}
function d(e) {
	if (c.has(e)) return;
	let t = new Promise((t, n) => {
		let r = () => {
			e.removeEventListener("complete", i), e.removeEventListener("error", a), e.removeEventListener("abort", a);
		}, i = () => {
			t(), r();
		}, a = () => {
			n(e.error || new DOMException("AbortError", "AbortError")), r();
		};
		e.addEventListener("complete", i), e.addEventListener("error", a), e.addEventListener("abort", a);
	});
	c.set(e, t);
}
var f = {
	get(e, t, n) {
		if (e instanceof IDBTransaction) {
			if (t === "done") return c.get(e);
			if (t === "store") return n.objectStoreNames[1] ? void 0 : n.objectStore(n.objectStoreNames[0]);
		}
		return m(e[t]);
	},
	set(e, t, n) {
		return e[t] = n, !0;
	},
	has(e, t) {
		return e instanceof IDBTransaction && (t === "done" || t === "store") || t in e;
	}
};
function p(e) {
	f = e(f);
}
function re(e) {
	return te().includes(e) ? function(...t) {
		return e.apply(h(this), t), m(this.request);
	} : function(...t) {
		return m(e.apply(h(this), t));
	};
}
function ie(e) {
	return typeof e == "function" ? re(e) : (e instanceof IDBTransaction && d(e), a(e, ee()) ? new Proxy(e, f) : e);
}
function m(e) {
	if (e instanceof IDBRequest) return ne(e);
	if (l.has(e)) return l.get(e);
	let t = ie(e);
	return Object.is(t, e) || (l.set(e, t), u.set(t, e)), t;
}
var h = (e) => u.get(e);
function ae(e, t, { blocked: n, upgrade: r, blocking: i, terminated: a } = {}) {
	let o = indexedDB.open(e, t), s = m(o);
	return r && o.addEventListener("upgradeneeded", (e) => {
		r(m(o.result), e.oldVersion, e.newVersion, m(o.transaction), e);
	}), n && o.addEventListener("blocked", (e) => n(e.oldVersion, e.newVersion, e)), s.then((e) => {
		a && e.addEventListener("close", () => a()), i && e.addEventListener("versionchange", (e) => i(e.oldVersion, e.newVersion, e));
	}).catch(() => {}), s;
}
var oe = [
	"get",
	"getKey",
	"getAll",
	"getAllKeys",
	"count"
], g = [
	"put",
	"add",
	"delete",
	"clear"
], _ = {};
function v(e, t) {
	if (!(e instanceof IDBDatabase && !(t in e) && typeof t == "string")) return;
	if (_[t]) return _[t];
	let n = t.replace(/FromIndex$/, ""), r = t !== n, i = g.includes(n);
	return !(n in (r ? IDBIndex : IDBObjectStore).prototype) || !(i || oe.includes(n)) ? void 0 : _[t] = async function(e, ...t) {
		let a = this.transaction(e, i ? "readwrite" : "readonly"), o = a.store;
		return r && (o = o.index(t.shift())), (await Promise.all([o[n](...t), i && a.done]))[0];
	};
}
p((e) => ({
	...e,
	get: (t, n, r) => v(t, n) || e.get(t, n, r),
	has: (t, n) => !!v(t, n) || e.has(t, n)
}));
var se = [
	"advance",
	"continue",
	"continuePrimaryKey"
], y = {}, b = /* @__PURE__ */ new WeakMap(), x = /* @__PURE__ */ new WeakMap(), ce = { get(e, t) {
	if (!se.includes(t)) return e[t];
	let n = y[t];
	return n ||= y[t] = function(...e) {
		b.set(this, x.get(this)[t](...e));
	}, n;
} };
async function* S(...e) {
	let t = this;
	if (t instanceof IDBCursor || (t = await t.openCursor(...e)), !t) return;
	t = t;
	let n = new Proxy(t, ce);
	for (x.set(n, t), u.set(n, h(t)); t;) yield n, t = await (b.get(n) || t.continue()), b.delete(n);
}
function C(e, t) {
	return t === Symbol.asyncIterator && a(e, [
		IDBIndex,
		IDBObjectStore,
		IDBCursor
	]) || t === "iterate" && a(e, [IDBIndex, IDBObjectStore]);
}
p((e) => ({
	...e,
	get(t, n, r) {
		return C(t, n) ? S : e.get(t, n, r);
	},
	has(t, n) {
		return C(t, n) || e.has(t, n);
	}
}));
// frontend/src/kept/store.ts
var le = 1, w;
function T() {
	return w ??= ae("field", le, {
		upgrade(e) {
			e.createObjectStore("meta"), e.createObjectStore("pages", { keyPath: "url" }), e.createObjectStore("outbox", {
				keyPath: "seq",
				autoIncrement: !0
			});
		},
		blocking: E,
		terminated: E
	}), w.catch(() => w = void 0), w;
}
function E() {
	w?.then((e) => e.close()), w = void 0;
}
async function D(e) {
	return await (await T()).get("meta", e);
}
async function O() {
	let e = await D("lock");
	if (e && e.until > Date.now()) return e;
	e && await k();
}
async function k() {
	let e = await T();
	await e.delete("meta", "lock"), await e.clear("pages");
}
async function A() {
	return (await T()).getAll("outbox");
}
async function j(e) {
	return (await T()).put("outbox", e);
}
async function M(e) {
	e.seq !== void 0 && await (await T()).delete("outbox", e.seq);
}
// frontend/src/kept/outbox.ts
var N = "_later", P = "_instead", F = 864e5, I = /* @__PURE__ */ new Set();
async function L(e, t) {
	return r(e, t.id, t.head);
}
async function R(e, t) {
	return t.answer ? r(e, t.id, t.answer) : {};
}
async function z(e, n, r, i) {
	let { type: a } = await L(e, n), o = {
		"Content-Type": a,
		"X-CSRFToken": r,
		"Jingwei-Queued": n.id,
		"Jingwei-Age": String((Date.now() - n.madeAt) / 1e3),
		"Jingwei-Member": String(e.member)
	};
	return i && (o["Jingwei-Later"] = "1"), {
		method: "POST",
		headers: o,
		body: n.body ? await t(e, n.id, n.body) : null,
		redirect: "manual",
		credentials: "same-origin"
	};
}
async function B(e, n) {
	if (!n.body) return [];
	let { type: r } = await L(e, n);
	return [...await new Response(await t(e, n.id, n.body), { headers: { "Content-Type": r } }).formData()].filter((e) => typeof e[1] != "string");
}
async function V(e, t, n) {
	let r = /* @__PURE__ */ new Set();
	for (let i of await A()) {
		if (i.phone !== e.phone || i.state === "sent" || I.has(i.id)) continue;
		if (i.state === "refused" || de(r, i)) {
			r.add(G(i.path));
			continue;
		}
		let a = await H(e, i, t);
		if (a === "refused" && r.add(G(i.path)), n(), a === "signed-out" || a === "later") return a;
	}
	return await ue(), "done";
}
async function H(e, t, n) {
	let r;
	try {
		r = await fetch(t.path, await z(e, t, n, !0));
	} catch {
		return "later";
	}
	if (r.status === 401) return "signed-out";
	if (r.type === "opaqueredirect" || r.status === 429 || r.status >= 500) return "later";
	let i = await r.json().catch(() => ({}));
	return r.ok && i.result === "done" ? (await W(t, i.is_clock_doubtful ?? !1), "done") : (await U(e, t, i), "refused");
}
async function U(e, t, r) {
	await j({
		...t,
		state: "refused",
		answer: await n(e, t.id, r)
	});
}
async function W(e, t = !1) {
	let { body: n, answer: r, ...i } = e;
	await j({
		...i,
		state: "sent",
		isDoubtful: t
	});
	for (let t of await A()) t.state === "refused" && t.id === e.instead && await M(t);
}
async function ue() {
	for (let e of await A()) e.state === "sent" && Date.now() - e.madeAt > F && await M(e);
}
function G(e) {
	return /^(\/field\/(?:cases|work-lists)\/[^/]+\/)/.exec(e)?.[1] ?? "";
}
function de(e, t) {
	let n = G(t.path);
	return n !== "" && e.has(n);
}
// frontend/src/kept/choosing.ts
var K = "again";
async function fe(e, t, n) {
	let { texts: r } = await L(e, t), i = document.createElement("form");
	i.method = "post", i.action = t.path;
	let a = [
		...r,
		["again", "1"],
		["csrfmiddlewaretoken", n]
	];
	for (let [e, t] of a) {
		let n = document.createElement("input");
		Object.assign(n, {
			type: "hidden",
			name: e,
			value: t
		}), i.append(n);
	}
	document.body.append(i), sessionStorage.setItem(K, t.id), i.submit();
}
async function pe() {
	let e = document.querySelector("form[data-later]"), t = e && await O();
	if (!e || !t) return;
	let n = new URL(e.action).pathname, r = sessionStorage.getItem(K), i = (await A()).find((e) => e.id === r && e.state === "refused" && e.phone === t.phone);
	if (!i || i.path !== n) return;
	sessionStorage.removeItem(K);
	let a = document.createElement("input");
	Object.assign(a, {
		type: "hidden",
		name: P,
		value: i.id
	}), e.append(a);
	for (let [n, r] of me(await B(t, i))) {
		let t = e.querySelector(`input[type=file][name="${CSS.escape(n)}"]`);
		if (!t || t.files?.length) continue;
		let i = new DataTransfer();
		for (let e of r) i.items.add(e);
		t.files = i.files, t.dispatchEvent(new Event("change", { bubbles: !0 }));
	}
}
function me(e) {
	let t = /* @__PURE__ */ new Map();
	for (let [n, r] of e) t.set(n, [...t.get(n) ?? [], r]);
	return t;
}
// frontend/src/kept/syncing.ts
var he = "/field/offline/";
async function q() {
	let e = await fetch(`${he}who/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!e.ok) throw Error(`answered ${e.status}`);
	return e.json();
}
// frontend/src/kept/listing.ts
var ge = 1e3;
async function _e(e, t) {
	let n = document.querySelector("[data-outbox]");
	if (!n) return;
	for (let r of [
		"refused",
		"waiting",
		"sent"
	]) {
		let i = n.querySelector(`[data-part="${r}"]`), a = t.filter((t) => t.state === r && (e || r !== "sent"));
		if (!i) continue;
		let o = await Promise.all(a.map((t) => ve(n, e, t, r)));
		i.querySelector("[data-rows]")?.replaceChildren(...o);
		let s = i.querySelector("[data-count]");
		s && (s.textContent = String(a.length)), i.hidden = !a.length;
	}
	let r = n.querySelector("[data-nothing]");
	r && (r.hidden = t.length > 0);
}
async function ve(e, t, n, r) {
	let i = e.querySelector(`template[data-row="${r}"]`)?.content.cloneNode(!0) ?? document.createDocumentFragment(), a = t && t.phone === n.phone ? await L(t, n).catch(() => void 0) : void 0;
	return J(i, "title", a?.title ?? e.dataset.locked ?? ""), J(i, "at", new Date(n.madeAt).toLocaleTimeString(document.documentElement.lang, {
		hour: "2-digit",
		minute: "2-digit"
	})), J(i, "size", String(Math.max(1, Math.round(n.size / ge)))), Y(i, "doubtful", n.isDoubtful ?? !1), Y(i, "photos", (a?.files ?? 0) > 0), J(i, "files", String(a?.files ?? 0)), r === "refused" && t && a && await ye(i, t, n, a.texts), i;
}
async function ye(e, t, n, r) {
	let i = await R(t, n), a = new DOMParser().parseFromString(i.page ?? "", "text/html");
	J(e, "why", [...a.querySelectorAll(".notice[data-kind=bad] p, .error")].map((e) => e.textContent?.trim() ?? "").join(" ") || i.why || a.querySelector("h1")?.textContent?.trim() || "");
	let o = r.filter(([e, t]) => e === "words" && t.trim()).map(([, e]) => e);
	J(e, "mine", o.join("\n")), Y(e, "has-mine", o.length > 0);
	let s = a.querySelector("[aria-labelledby=news-h] > :not(h2)");
	s && e.querySelector("[data-place=theirs]")?.replaceChildren(document.importNode(s, !0)), Y(e, "has-theirs", !!s), e.querySelector("[data-open]")?.addEventListener("click", () => void be(t, n)), e.querySelector("[data-drop]")?.addEventListener("click", (e) => void xe(e, n));
}
async function be(e, t) {
	let { token: n } = await q().catch(() => ({ token: "" }));
	n && await fe(e, t, n);
}
async function xe(e, t) {
	let n = e.currentTarget, r = n instanceof HTMLElement ? n.dataset.sure : void 0;
	(!r || confirm(r)) && (await M(t), new BroadcastChannel("field").postMessage("changed"));
}
function J(e, t, n) {
	for (let r of e.querySelectorAll(`[data-value="${t}"]`)) r.textContent = n;
}
function Y(e, t, n) {
	for (let r of e.querySelectorAll(`[data-if="${t}"]`)) r.hidden = !n;
}
// frontend/src/page.ts
var X = document.querySelector("script[data-worker]")?.dataset.worker, Z = Number(document.documentElement.dataset.asOf ?? 0), Se = new BroadcastChannel("field"), Ce = 6e4, we = 60;
X && "serviceWorker" in navigator && (addEventListener("load", () => void Te(X)), document.addEventListener("submit", (e) => Ee(e.target), !0), document.addEventListener("submit", (e) => void ke(e), !0)), new URLSearchParams(location.search).has("full") && je("[data-full]");
async function Te(e) {
	await navigator.serviceWorker.register(e);
	let t = async () => (await navigator.serviceWorker.ready).active?.postMessage("sync");
	addEventListener("online", () => void t()), document.addEventListener("click", (e) => {
		e.target instanceof Element && e.target.closest("[data-send-now]") && t();
	}), document.addEventListener("visibilitychange", () => void (document.hidden || t())), document.body.addEventListener("jw:case", () => void t()), Se.addEventListener("message", () => void Q()), setInterval(() => void t(), Ce), await Q(), await t(), await pe();
}
function Ee(e) {
	if (!(e instanceof HTMLFormElement) || !e.dataset.later || e.elements.namedItem("_later")) return;
	let t = e.elements.namedItem(e.dataset.laterWords ?? ""), n = t instanceof HTMLTextAreaElement ? t.value.trim().slice(0, we) : "", r = document.createElement("input");
	Object.assign(r, {
		type: "hidden",
		name: N,
		value: n || e.dataset.later
	}), e.append(r);
}
async function Q() {
	let e = await O(), t = (await A()).filter((t) => !e || t.phone === e.phone), n = t.filter((e) => e.state === "waiting"), r = t.filter((e) => e.state === "refused"), i = await D("state"), a = document.createElement("div");
	a.dataset.strips = "", a.setAttribute("role", "status"), Z && a.append(...$("as-of", { at: Oe(Z) })), i === "withdrawn" && a.append(...$("withdrawn")), n.length && a.append(...$(i === "signed-out" ? "signed-out" : "waiting", { n: n.length })), r.length && a.append(...$("refused", { n: r.length })), document.querySelector("[data-strips]")?.remove(), a.childElementCount && document.querySelector(".app-body")?.prepend(a), De(n.map((e) => e.path)), await _e(e, t);
}
function $(e, t = {}) {
	let n = document.querySelector(`template[data-strip="${e}"]`);
	if (!n) return [];
	let r = n.content.cloneNode(!0);
	for (let [e, n] of Object.entries(t)) for (let t of r.querySelectorAll(`[data-value="${e}"]`)) t.textContent = String(n);
	return [r];
}
function De(e) {
	for (let t of document.querySelectorAll("a[data-after]")) t.hidden = !e.includes(t.dataset.after ?? "");
	for (let t of document.querySelectorAll("a[data-dialog]")) Z && e.includes(t.pathname) && G(t.pathname) && t.setAttribute("aria-disabled", "true");
}
function Oe(e) {
	return new Date(e).toLocaleTimeString(document.documentElement.lang, {
		hour: "2-digit",
		minute: "2-digit"
	});
}
async function ke(e) {
	let t = e.target;
	t instanceof HTMLFormElement && t.matches("[data-sign-out]") && !t.dataset.locked && (e.preventDefault(), e.stopImmediatePropagation(), await Ae().catch(() => !0) && (t.dataset.locked = "yes", t.requestSubmit()));
}
async function Ae() {
	let e = await O(), { token: t } = await q().catch(() => ({ token: "" }));
	e && t && await V(e, t, () => void 0).catch(() => void 0);
	let n = (await A()).filter((t) => t.phone === e?.phone && t.state !== "sent").length, r = document.querySelector("[data-leaving]")?.dataset.leaving;
	return n && r && !confirm(r.replace("{n}", String(n))) ? !1 : (await k(), !0);
}
function je(e) {
	for (let t of document.querySelectorAll(e)) t.hidden = !1;
}

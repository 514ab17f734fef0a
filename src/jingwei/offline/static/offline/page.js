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
function c() {
	return s ||= [
		"advance",
		"continue",
		"continuePrimaryKey"
	].map((e) => IDBCursor.prototype[e]);
}
var l = /* @__PURE__ */ new WeakMap(), u = /* @__PURE__ */ new WeakMap(), d = /* @__PURE__ */ new WeakMap();
function f(e) {
	let t = new Promise((t, n) => {
		let r = () => {
			e.removeEventListener("success", i), e.removeEventListener("error", a);
		}, i = () => {
			t(g(e.result)), r();
		}, a = () => {
			n(e.error), r();
		};
		e.addEventListener("success", i), e.addEventListener("error", a);
	});
	return d.set(t, e), t;
}
function p(e) {
	if (l.has(e)) return;
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
	l.set(e, t);
}
var m = {
	get(e, t, n) {
		if (e instanceof IDBTransaction) {
			if (t === "done") return l.get(e);
			if (t === "store") return n.objectStoreNames[1] ? void 0 : n.objectStore(n.objectStoreNames[0]);
		}
		return g(e[t]);
	},
	set(e, t, n) {
		return e[t] = n, !0;
	},
	has(e, t) {
		return e instanceof IDBTransaction && (t === "done" || t === "store") || t in e;
	}
};
function h(e) {
	m = e(m);
}
function te(e) {
	return c().includes(e) ? function(...t) {
		return e.apply(_(this), t), g(this.request);
	} : function(...t) {
		return g(e.apply(_(this), t));
	};
}
function ne(e) {
	return typeof e == "function" ? te(e) : (e instanceof IDBTransaction && p(e), a(e, ee()) ? new Proxy(e, m) : e);
}
function g(e) {
	if (e instanceof IDBRequest) return f(e);
	if (u.has(e)) return u.get(e);
	let t = ne(e);
	return Object.is(t, e) || (u.set(e, t), d.set(t, e)), t;
}
var _ = (e) => d.get(e);
function re(e, t, { blocked: n, upgrade: r, blocking: i, terminated: a } = {}) {
	let o = indexedDB.open(e, t), s = g(o);
	return r && o.addEventListener("upgradeneeded", (e) => {
		r(g(o.result), e.oldVersion, e.newVersion, g(o.transaction), e);
	}), n && o.addEventListener("blocked", (e) => n(e.oldVersion, e.newVersion, e)), s.then((e) => {
		a && e.addEventListener("close", () => a()), i && e.addEventListener("versionchange", (e) => i(e.oldVersion, e.newVersion, e));
	}).catch(() => {}), s;
}
var ie = [
	"get",
	"getKey",
	"getAll",
	"getAllKeys",
	"count"
], v = [
	"put",
	"add",
	"delete",
	"clear"
], y = {};
function b(e, t) {
	if (!(e instanceof IDBDatabase && !(t in e) && typeof t == "string")) return;
	if (y[t]) return y[t];
	let n = t.replace(/FromIndex$/, ""), r = t !== n, i = v.includes(n);
	return !(n in (r ? IDBIndex : IDBObjectStore).prototype) || !(i || ie.includes(n)) ? void 0 : y[t] = async function(e, ...t) {
		let a = this.transaction(e, i ? "readwrite" : "readonly"), o = a.store;
		return r && (o = o.index(t.shift())), (await Promise.all([o[n](...t), i && a.done]))[0];
	};
}
h((e) => ({
	...e,
	get: (t, n, r) => b(t, n) || e.get(t, n, r),
	has: (t, n) => !!b(t, n) || e.has(t, n)
}));
var ae = [
	"advance",
	"continue",
	"continuePrimaryKey"
], x = {}, S = /* @__PURE__ */ new WeakMap(), C = /* @__PURE__ */ new WeakMap(), oe = { get(e, t) {
	if (!ae.includes(t)) return e[t];
	let n = x[t];
	return n ||= x[t] = function(...e) {
		S.set(this, C.get(this)[t](...e));
	}, n;
} };
async function* se(...e) {
	let t = this;
	if (t instanceof IDBCursor || (t = await t.openCursor(...e)), !t) return;
	t = t;
	let n = new Proxy(t, oe);
	for (C.set(n, t), d.set(n, _(t)); t;) yield n, t = await (S.get(n) || t.continue()), S.delete(n);
}
function w(e, t) {
	return t === Symbol.asyncIterator && a(e, [
		IDBIndex,
		IDBObjectStore,
		IDBCursor
	]) || t === "iterate" && a(e, [IDBIndex, IDBObjectStore]);
}
h((e) => ({
	...e,
	get(t, n, r) {
		return w(t, n) ? se : e.get(t, n, r);
	},
	has(t, n) {
		return w(t, n) || e.has(t, n);
	}
}));
// frontend/src/kept/store.ts
var T = 1, E;
function D() {
	return E ??= re("field", T, {
		upgrade(e) {
			e.createObjectStore("meta"), e.createObjectStore("pages", { keyPath: "url" }), e.createObjectStore("outbox", {
				keyPath: "seq",
				autoIncrement: !0
			});
		},
		blocking: O,
		terminated: O
	}), E;
}
function O() {
	E?.then((e) => e.close()), E = void 0;
}
async function k(e) {
	return await (await D()).get("meta", e);
}
async function A() {
	let e = await k("lock");
	if (e && e.until > Date.now()) return e;
	e && await j();
}
async function j() {
	let e = await D();
	await e.delete("meta", "lock"), await e.clear("pages");
}
async function M() {
	return (await D()).getAll("outbox");
}
async function N(e) {
	return (await D()).put("outbox", e);
}
async function P(e) {
	e.seq !== void 0 && await (await D()).delete("outbox", e.seq);
}
// frontend/src/kept/outbox.ts
var F = "_later", I = 864e5, L = /* @__PURE__ */ new Set();
async function R(e, t) {
	return r(e, t.id, t.head);
}
async function z(e, t) {
	return t.answer ? r(e, t.id, t.answer) : {};
}
async function B(e, n, r, i) {
	let { type: a } = await R(e, n), o = {
		"Content-Type": a,
		"X-CSRFToken": r,
		"Jingwei-Queued": n.id,
		"Jingwei-Age": String((Date.now() - n.madeAt) / 1e3)
	};
	return i && (o["Jingwei-Later"] = "1"), {
		method: "POST",
		headers: o,
		body: n.body ? await t(e, n.id, n.body) : null,
		redirect: "manual",
		credentials: "same-origin"
	};
}
async function V(e, n) {
	if (!n.body) return [];
	let { type: r } = await R(e, n);
	return [...await new Response(await t(e, n.id, n.body), { headers: { "Content-Type": r } }).formData()].filter((e) => typeof e[1] != "string");
}
async function H(e, t, n) {
	let r = /* @__PURE__ */ new Set();
	for (let i of await M()) {
		if (i.phone !== e.phone || i.state === "sent" || L.has(i.id)) continue;
		if (i.state === "refused" || ce(r, i)) {
			r.add(K(i.path));
			continue;
		}
		let a = await U(e, i, t);
		if (a === "refused" && r.add(K(i.path)), n(), a === "signed-out" || a === "later") return a;
	}
	return await G(), "done";
}
async function U(e, t, r) {
	let i;
	try {
		i = await fetch(t.path, await B(e, t, r, !0));
	} catch {
		return "later";
	}
	if (i.status === 401) return "signed-out";
	if (i.type === "opaqueredirect" || i.status === 429 || i.status >= 500) return "later";
	let a = await i.json().catch(() => ({}));
	return i.ok && a.result === "done" ? (await W(t, a.is_clock_doubtful ?? !1), "done") : (await N({
		...t,
		state: "refused",
		answer: await n(e, t.id, a)
	}), "refused");
}
async function W(e, t = !1) {
	let { body: n, answer: r, ...i } = e;
	await N({
		...i,
		state: "sent",
		isDoubtful: t
	});
	for (let t of await M()) t.state === "refused" && t.path === e.path && t.phone === e.phone && await P(t);
}
async function G() {
	for (let e of await M()) e.state === "sent" && Date.now() - e.madeAt > I && await P(e);
}
function K(e) {
	return /^(\/field\/(?:cases|work-lists)\/[^/]+\/)/.exec(e)?.[1] ?? "";
}
function ce(e, t) {
	let n = K(t.path);
	return n !== "" && e.has(n);
}
// frontend/src/kept/choosing.ts
async function le(e, t, n) {
	let { texts: r } = await R(e, t), i = document.createElement("form");
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
	document.body.append(i), i.submit();
}
async function ue() {
	let e = document.querySelector("form[data-later]"), t = e && await A();
	if (!e || !t) return;
	let n = new URL(e.action).pathname, r = (await M()).filter((e) => e.state === "refused" && e.path === n && e.phone === t.phone).at(-1);
	if (r) for (let [n, i] of de(await V(t, r))) {
		let t = e.querySelector(`input[type=file][name="${CSS.escape(n)}"]`);
		if (!t || t.files?.length) continue;
		let r = new DataTransfer();
		for (let e of i) r.items.add(e);
		t.files = r.files, t.dispatchEvent(new Event("change", { bubbles: !0 }));
	}
}
function de(e) {
	let t = /* @__PURE__ */ new Map();
	for (let [n, r] of e) t.set(n, [...t.get(n) ?? [], r]);
	return t;
}
// frontend/src/kept/syncing.ts
var fe = "/field/offline/";
async function q() {
	let e = await fetch(`${fe}who/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!e.ok) throw Error(`answered ${e.status}`);
	return e.json();
}
// frontend/src/kept/listing.ts
var pe = 1e3;
async function me(e, t) {
	let n = document.querySelector("[data-outbox]");
	if (!n) return;
	for (let r of [
		"refused",
		"waiting",
		"sent"
	]) {
		let i = n.querySelector(`[data-part="${r}"]`), a = t.filter((t) => t.state === r && (e || r !== "sent"));
		if (!i) continue;
		let o = await Promise.all(a.map((t) => he(n, e, t, r)));
		i.querySelector("[data-rows]")?.replaceChildren(...o);
		let s = i.querySelector("[data-count]");
		s && (s.textContent = String(a.length)), i.hidden = !a.length;
	}
	let r = n.querySelector("[data-nothing]");
	r && (r.hidden = t.length > 0);
}
async function he(e, t, n, r) {
	let i = e.querySelector(`template[data-row="${r}"]`)?.content.cloneNode(!0) ?? document.createDocumentFragment(), a = t && t.phone === n.phone ? await R(t, n).catch(() => void 0) : void 0;
	return J(i, "title", a?.title ?? e.dataset.locked ?? ""), J(i, "at", new Date(n.madeAt).toLocaleTimeString(document.documentElement.lang, {
		hour: "2-digit",
		minute: "2-digit"
	})), J(i, "size", String(Math.max(1, Math.round(n.size / pe)))), Y(i, "doubtful", n.isDoubtful ?? !1), Y(i, "photos", (a?.files ?? 0) > 0), J(i, "files", String(a?.files ?? 0)), r === "refused" && t && a && await ge(i, t, n, a.texts), i;
}
async function ge(e, t, n, r) {
	let i = await z(t, n), a = new DOMParser().parseFromString(i.page ?? "", "text/html");
	J(e, "why", [...a.querySelectorAll(".notice[data-kind=bad] p, .error")].map((e) => e.textContent?.trim() ?? "").join(" ") || i.why || a.querySelector("h1")?.textContent?.trim() || "");
	let o = r.filter(([e, t]) => e === "words" && t.trim()).map(([, e]) => e);
	J(e, "mine", o.join("\n")), Y(e, "has-mine", o.length > 0);
	let s = a.querySelector("[aria-labelledby=news-h] > :not(h2)");
	s && e.querySelector("[data-place=theirs]")?.replaceChildren(document.importNode(s, !0)), Y(e, "has-theirs", !!s), e.querySelector("[data-open]")?.addEventListener("click", () => void _e(t, n)), e.querySelector("[data-drop]")?.addEventListener("click", (e) => void ve(e, n));
}
async function _e(e, t) {
	let { token: n } = await q().catch(() => ({ token: "" }));
	n && await le(e, t, n);
}
async function ve(e, t) {
	let n = e.currentTarget, r = n instanceof HTMLElement ? n.dataset.sure : void 0;
	(!r || confirm(r)) && (await P(t), new BroadcastChannel("field").postMessage("changed"));
}
function J(e, t, n) {
	for (let r of e.querySelectorAll(`[data-value="${t}"]`)) r.textContent = n;
}
function Y(e, t, n) {
	for (let r of e.querySelectorAll(`[data-if="${t}"]`)) r.hidden = !n;
}
// frontend/src/page.ts
var X = document.querySelector("script[data-worker]")?.dataset.worker, Z = Number(document.documentElement.dataset.asOf ?? 0), ye = new BroadcastChannel("field"), be = 6e4, xe = 60;
X && "serviceWorker" in navigator && (addEventListener("load", () => void Se(X)), document.addEventListener("submit", (e) => Ce(e.target), !0), document.addEventListener("submit", (e) => void Ee(e), !0)), new URLSearchParams(location.search).has("full") && De("[data-full]");
async function Se(e) {
	await navigator.serviceWorker.register(e);
	let t = async () => (await navigator.serviceWorker.ready).active?.postMessage("sync");
	addEventListener("online", () => void t()), document.addEventListener("click", (e) => {
		e.target instanceof Element && e.target.closest("[data-send-now]") && t();
	}), document.addEventListener("visibilitychange", () => void (document.hidden || t())), document.body.addEventListener("jw:case", () => void t()), ye.addEventListener("message", () => void Q()), setInterval(() => void t(), be), await Q(), await t(), await ue();
}
function Ce(e) {
	if (!(e instanceof HTMLFormElement) || !e.dataset.later || e.elements.namedItem("_later")) return;
	let t = e.elements.namedItem(e.dataset.laterWords ?? ""), n = t instanceof HTMLTextAreaElement ? t.value.trim().slice(0, xe) : "", r = document.createElement("input");
	Object.assign(r, {
		type: "hidden",
		name: F,
		value: n || e.dataset.later
	}), e.append(r);
}
async function Q() {
	let e = await A(), t = (await M()).filter((t) => !e || t.phone === e.phone), n = t.filter((e) => e.state === "waiting"), r = t.filter((e) => e.state === "refused"), i = await k("state"), a = document.createElement("div");
	a.dataset.strips = "", a.setAttribute("role", "status"), Z && a.append(...$("as-of", { at: Te(Z) })), i === "withdrawn" && a.append(...$("withdrawn")), n.length && a.append(...$(i === "signed-out" ? "signed-out" : "waiting", { n: n.length })), r.length && a.append(...$("refused", { n: r.length })), document.querySelector("[data-strips]")?.remove(), a.childElementCount && document.querySelector(".app-body")?.prepend(a), we(n.map((e) => e.path)), await me(e, t);
}
function $(e, t = {}) {
	let n = document.querySelector(`template[data-strip="${e}"]`);
	if (!n) return [];
	let r = n.content.cloneNode(!0);
	for (let [e, n] of Object.entries(t)) for (let t of r.querySelectorAll(`[data-value="${e}"]`)) t.textContent = String(n);
	return [r];
}
function we(e) {
	for (let t of document.querySelectorAll("a[data-after]")) t.hidden = !e.includes(t.dataset.after ?? "");
	for (let t of document.querySelectorAll("a[data-dialog]")) Z && e.includes(t.pathname) && K(t.pathname) && t.setAttribute("aria-disabled", "true");
}
function Te(e) {
	return new Date(e).toLocaleTimeString(document.documentElement.lang, {
		hour: "2-digit",
		minute: "2-digit"
	});
}
async function Ee(e) {
	let t = e.target;
	if (!(t instanceof HTMLFormElement) || !t.matches("[data-forget-drafts]") || t.dataset.locked) return;
	e.preventDefault(), e.stopImmediatePropagation();
	let n = await A(), { token: r } = await q().catch(() => ({ token: "" }));
	n && r && await H(n, r, () => void 0).catch(() => void 0);
	let i = (await M()).filter((e) => e.phone === n?.phone && e.state !== "sent").length, a = document.querySelector("[data-leaving]")?.dataset.leaving;
	i && a && !confirm(a.replace("{n}", String(i))) || (await j(), t.dataset.locked = "yes", t.requestSubmit());
}
function De(e) {
	for (let t of document.querySelectorAll(e)) t.hidden = !1;
}

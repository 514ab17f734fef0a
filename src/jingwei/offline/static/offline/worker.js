// frontend/node_modules/workbox-core/_version.js
try {
	self["workbox:core:7.4.0"] && _();
} catch {}
var e = (e, ...t) => {
	let n = e;
	return t.length > 0 && (n += ` :: ${JSON.stringify(t)}`), n;
}, t = class extends Error {
	constructor(t, n) {
		let r = e(t, n);
		super(r), this.name = t, this.details = n;
	}
}, n = {
	googleAnalytics: "googleAnalytics",
	precache: "precache-v2",
	prefix: "workbox",
	runtime: "runtime",
	suffix: typeof registration < "u" ? registration.scope : ""
}, r = (e) => [
	n.prefix,
	e,
	n.suffix
].filter((e) => e && e.length > 0).join("-"), i = (e) => {
	for (let t of Object.keys(n)) e(t);
}, a = {
	updateDetails: (e) => {
		i((t) => {
			typeof e[t] == "string" && (n[t] = e[t]);
		});
	},
	getGoogleAnalyticsName: (e) => e || r(n.googleAnalytics),
	getPrecacheName: (e) => e || r(n.precache),
	getPrefix: () => n.prefix,
	getRuntimeName: (e) => e || r(n.runtime),
	getSuffix: () => n.suffix
};
// frontend/node_modules/workbox-core/_private/waitUntil.js
function o(e, t) {
	let n = t();
	return e.waitUntil(n), n;
}
// frontend/node_modules/workbox-precaching/_version.js
try {
	self["workbox:precaching:7.4.0"] && _();
} catch {}
// frontend/node_modules/workbox-precaching/utils/createCacheKey.js
var s = "__WB_REVISION__";
function c(e) {
	if (!e) throw new t("add-to-cache-list-unexpected-type", { entry: e });
	if (typeof e == "string") {
		let t = new URL(e, location.href);
		return {
			cacheKey: t.href,
			url: t.href
		};
	}
	let { revision: n, url: r } = e;
	if (!r) throw new t("add-to-cache-list-unexpected-type", { entry: e });
	if (!n) {
		let e = new URL(r, location.href);
		return {
			cacheKey: e.href,
			url: e.href
		};
	}
	let i = new URL(r, location.href), a = new URL(r, location.href);
	return i.searchParams.set(s, n), {
		cacheKey: i.href,
		url: a.href
	};
}
// frontend/node_modules/workbox-precaching/utils/PrecacheInstallReportPlugin.js
var l = class {
	constructor() {
		this.updatedURLs = [], this.notUpdatedURLs = [], this.handlerWillStart = async ({ request: e, state: t }) => {
			t && (t.originalRequest = e);
		}, this.cachedResponseWillBeUsed = async ({ event: e, state: t, cachedResponse: n }) => {
			if (e.type === "install" && t && t.originalRequest && t.originalRequest instanceof Request) {
				let e = t.originalRequest.url;
				n ? this.notUpdatedURLs.push(e) : this.updatedURLs.push(e);
			}
			return n;
		};
	}
}, u = class {
	constructor({ precacheController: e }) {
		this.cacheKeyWillBeUsed = async ({ request: e, params: t }) => {
			let n = t?.cacheKey || this._precacheController.getCacheKeyForURL(e.url);
			return n ? new Request(n, { headers: e.headers }) : e;
		}, this._precacheController = e;
	}
}, d;
function f() {
	if (d === void 0) {
		let e = new Response("");
		if ("body" in e) try {
			new Response(e.body), d = !0;
		} catch {
			d = !1;
		}
		d = !1;
	}
	return d;
}
// frontend/node_modules/workbox-core/copyResponse.js
async function ee(e, n) {
	let r = null;
	if (e.url && (r = new URL(e.url).origin), r !== self.location.origin) throw new t("cross-origin-copy-response", { origin: r });
	let i = e.clone(), a = {
		headers: new Headers(i.headers),
		status: i.status,
		statusText: i.statusText
	}, o = n ? n(a) : a, s = f() ? i.body : await i.blob();
	return new Response(s, o);
}
// frontend/node_modules/workbox-core/_private/getFriendlyURL.js
var te = (e) => new URL(String(e), location.href).href.replace(RegExp(`^${location.origin}`), "");
// frontend/node_modules/workbox-core/_private/cacheMatchIgnoreParams.js
function ne(e, t) {
	let n = new URL(e);
	for (let e of t) n.searchParams.delete(e);
	return n.href;
}
async function re(e, t, n, r) {
	let i = ne(t.url, n);
	if (t.url === i) return e.match(t, r);
	let a = Object.assign(Object.assign({}, r), { ignoreSearch: !0 }), o = await e.keys(t, a);
	for (let t of o) if (i === ne(t.url, n)) return e.match(t, r);
}
// frontend/node_modules/workbox-core/_private/Deferred.js
var ie = class {
	constructor() {
		this.promise = new Promise((e, t) => {
			this.resolve = e, this.reject = t;
		});
	}
}, ae = /* @__PURE__ */ new Set();
// frontend/node_modules/workbox-core/_private/executeQuotaErrorCallbacks.js
async function oe() {
	for (let e of ae) await e();
}
// frontend/node_modules/workbox-core/_private/timeout.js
function se(e) {
	return new Promise((t) => setTimeout(t, e));
}
// frontend/node_modules/workbox-strategies/_version.js
try {
	self["workbox:strategies:7.4.0"] && _();
} catch {}
// frontend/node_modules/workbox-strategies/StrategyHandler.js
function p(e) {
	return typeof e == "string" ? new Request(e) : e;
}
var ce = class {
	constructor(e, t) {
		this._cacheKeys = {}, Object.assign(this, t), this.event = t.event, this._strategy = e, this._handlerDeferred = new ie(), this._extendLifetimePromises = [], this._plugins = [...e.plugins], this._pluginStateMap = /* @__PURE__ */ new Map();
		for (let e of this._plugins) this._pluginStateMap.set(e, {});
		this.event.waitUntil(this._handlerDeferred.promise);
	}
	async fetch(e) {
		let { event: n } = this, r = p(e);
		if (r.mode === "navigate" && n instanceof FetchEvent && n.preloadResponse) {
			let e = await n.preloadResponse;
			if (e) return e;
		}
		let i = this.hasCallback("fetchDidFail") ? r.clone() : null;
		try {
			for (let e of this.iterateCallbacks("requestWillFetch")) r = await e({
				request: r.clone(),
				event: n
			});
		} catch (e) {
			if (e instanceof Error) throw new t("plugin-error-request-will-fetch", { thrownErrorMessage: e.message });
		}
		let a = r.clone();
		try {
			let e;
			e = await fetch(r, r.mode === "navigate" ? void 0 : this._strategy.fetchOptions);
			for (let t of this.iterateCallbacks("fetchDidSucceed")) e = await t({
				event: n,
				request: a,
				response: e
			});
			return e;
		} catch (e) {
			throw i && await this.runCallbacks("fetchDidFail", {
				error: e,
				event: n,
				originalRequest: i.clone(),
				request: a.clone()
			}), e;
		}
	}
	async fetchAndCachePut(e) {
		let t = await this.fetch(e), n = t.clone();
		return this.waitUntil(this.cachePut(e, n)), t;
	}
	async cacheMatch(e) {
		let t = p(e), n, { cacheName: r, matchOptions: i } = this._strategy, a = await this.getCacheKey(t, "read"), o = Object.assign(Object.assign({}, i), { cacheName: r });
		n = await caches.match(a, o);
		for (let e of this.iterateCallbacks("cachedResponseWillBeUsed")) n = await e({
			cacheName: r,
			matchOptions: i,
			cachedResponse: n,
			request: a,
			event: this.event
		}) || void 0;
		return n;
	}
	async cachePut(e, n) {
		let r = p(e);
		await se(0);
		let i = await this.getCacheKey(r, "write");
		if (!n) throw new t("cache-put-with-no-response", { url: te(i.url) });
		let a = await this._ensureResponseSafeToCache(n);
		if (!a) return !1;
		let { cacheName: o, matchOptions: s } = this._strategy, c = await self.caches.open(o), l = this.hasCallback("cacheDidUpdate"), u = l ? await re(c, i.clone(), ["__WB_REVISION__"], s) : null;
		try {
			await c.put(i, l ? a.clone() : a);
		} catch (e) {
			if (e instanceof Error) throw e.name === "QuotaExceededError" && await oe(), e;
		}
		for (let e of this.iterateCallbacks("cacheDidUpdate")) await e({
			cacheName: o,
			oldResponse: u,
			newResponse: a.clone(),
			request: i,
			event: this.event
		});
		return !0;
	}
	async getCacheKey(e, t) {
		let n = `${e.url} | ${t}`;
		if (!this._cacheKeys[n]) {
			let r = e;
			for (let e of this.iterateCallbacks("cacheKeyWillBeUsed")) r = p(await e({
				mode: t,
				request: r,
				event: this.event,
				params: this.params
			}));
			this._cacheKeys[n] = r;
		}
		return this._cacheKeys[n];
	}
	hasCallback(e) {
		for (let t of this._strategy.plugins) if (e in t) return !0;
		return !1;
	}
	async runCallbacks(e, t) {
		for (let n of this.iterateCallbacks(e)) await n(t);
	}
	*iterateCallbacks(e) {
		for (let t of this._strategy.plugins) if (typeof t[e] == "function") {
			let n = this._pluginStateMap.get(t);
			yield (r) => {
				let i = Object.assign(Object.assign({}, r), { state: n });
				return t[e](i);
			};
		}
	}
	waitUntil(e) {
		return this._extendLifetimePromises.push(e), e;
	}
	async doneWaiting() {
		for (; this._extendLifetimePromises.length;) {
			let e = this._extendLifetimePromises.splice(0), t = (await Promise.allSettled(e)).find((e) => e.status === "rejected");
			if (t) throw t.reason;
		}
	}
	destroy() {
		this._handlerDeferred.resolve(null);
	}
	async _ensureResponseSafeToCache(e) {
		let t = e, n = !1;
		for (let e of this.iterateCallbacks("cacheWillUpdate")) if (t = await e({
			request: this.request,
			response: t,
			event: this.event
		}) || void 0, n = !0, !t) break;
		return n || t && t.status !== 200 && (t = void 0), t;
	}
}, le = class {
	constructor(e = {}) {
		this.cacheName = a.getRuntimeName(e.cacheName), this.plugins = e.plugins || [], this.fetchOptions = e.fetchOptions, this.matchOptions = e.matchOptions;
	}
	handle(e) {
		let [t] = this.handleAll(e);
		return t;
	}
	handleAll(e) {
		e instanceof FetchEvent && (e = {
			event: e,
			request: e.request
		});
		let t = e.event, n = typeof e.request == "string" ? new Request(e.request) : e.request, r = "params" in e ? e.params : void 0, i = new ce(this, {
			event: t,
			request: n,
			params: r
		}), a = this._getResponse(i, n, t);
		return [a, this._awaitComplete(a, i, n, t)];
	}
	async _getResponse(e, n, r) {
		await e.runCallbacks("handlerWillStart", {
			event: r,
			request: n
		});
		let i;
		try {
			if (i = await this._handle(n, e), !i || i.type === "error") throw new t("no-response", { url: n.url });
		} catch (t) {
			if (t instanceof Error) {
				for (let a of e.iterateCallbacks("handlerDidError")) if (i = await a({
					error: t,
					event: r,
					request: n
				}), i) break;
			}
			if (!i) throw t;
		}
		for (let t of e.iterateCallbacks("handlerWillRespond")) i = await t({
			event: r,
			request: n,
			response: i
		});
		return i;
	}
	async _awaitComplete(e, t, n, r) {
		let i, a;
		try {
			i = await e;
		} catch {}
		try {
			await t.runCallbacks("handlerDidRespond", {
				event: r,
				request: n,
				response: i
			}), await t.doneWaiting();
		} catch (e) {
			e instanceof Error && (a = e);
		}
		if (await t.runCallbacks("handlerDidComplete", {
			event: r,
			request: n,
			response: i,
			error: a
		}), t.destroy(), a) throw a;
	}
}, m = class e extends le {
	constructor(t = {}) {
		t.cacheName = a.getPrecacheName(t.cacheName), super(t), this._fallbackToNetwork = t.fallbackToNetwork !== !1, this.plugins.push(e.copyRedirectedCacheableResponsesPlugin);
	}
	async _handle(e, t) {
		return await t.cacheMatch(e) || (t.event && t.event.type === "install" ? await this._handleInstall(e, t) : await this._handleFetch(e, t));
	}
	async _handleFetch(e, n) {
		let r, i = n.params || {};
		if (this._fallbackToNetwork) {
			let t = i.integrity, a = e.integrity, o = !a || a === t;
			r = await n.fetch(new Request(e, { integrity: e.mode === "no-cors" ? void 0 : a || t })), t && o && e.mode !== "no-cors" && (this._useDefaultCacheabilityPluginIfNeeded(), await n.cachePut(e, r.clone()));
		} else throw new t("missing-precache-entry", {
			cacheName: this.cacheName,
			url: e.url
		});
		return r;
	}
	async _handleInstall(e, n) {
		this._useDefaultCacheabilityPluginIfNeeded();
		let r = await n.fetch(e);
		if (!await n.cachePut(e, r.clone())) throw new t("bad-precaching-response", {
			url: e.url,
			status: r.status
		});
		return r;
	}
	_useDefaultCacheabilityPluginIfNeeded() {
		let t = null, n = 0;
		for (let [r, i] of this.plugins.entries()) i !== e.copyRedirectedCacheableResponsesPlugin && (i === e.defaultPrecacheCacheabilityPlugin && (t = r), i.cacheWillUpdate && n++);
		n === 0 ? this.plugins.push(e.defaultPrecacheCacheabilityPlugin) : n > 1 && t !== null && this.plugins.splice(t, 1);
	}
};
m.defaultPrecacheCacheabilityPlugin = { async cacheWillUpdate({ response: e }) {
	return !e || e.status >= 400 ? null : e;
} }, m.copyRedirectedCacheableResponsesPlugin = { async cacheWillUpdate({ response: e }) {
	return e.redirected ? await ee(e) : e;
} };
// frontend/node_modules/workbox-precaching/PrecacheController.js
var ue = class {
	constructor({ cacheName: e, plugins: t = [], fallbackToNetwork: n = !0 } = {}) {
		this._urlsToCacheKeys = /* @__PURE__ */ new Map(), this._urlsToCacheModes = /* @__PURE__ */ new Map(), this._cacheKeysToIntegrities = /* @__PURE__ */ new Map(), this._strategy = new m({
			cacheName: a.getPrecacheName(e),
			plugins: [...t, new u({ precacheController: this })],
			fallbackToNetwork: n
		}), this.install = this.install.bind(this), this.activate = this.activate.bind(this);
	}
	get strategy() {
		return this._strategy;
	}
	precache(e) {
		this.addToCacheList(e), this._installAndActiveListenersAdded ||= (self.addEventListener("install", this.install), self.addEventListener("activate", this.activate), !0);
	}
	addToCacheList(e) {
		let n = [];
		for (let r of e) {
			typeof r == "string" ? n.push(r) : r && r.revision === void 0 && n.push(r.url);
			let { cacheKey: e, url: i } = c(r), a = typeof r != "string" && r.revision ? "reload" : "default";
			if (this._urlsToCacheKeys.has(i) && this._urlsToCacheKeys.get(i) !== e) throw new t("add-to-cache-list-conflicting-entries", {
				firstEntry: this._urlsToCacheKeys.get(i),
				secondEntry: e
			});
			if (typeof r != "string" && r.integrity) {
				if (this._cacheKeysToIntegrities.has(e) && this._cacheKeysToIntegrities.get(e) !== r.integrity) throw new t("add-to-cache-list-conflicting-integrities", { url: i });
				this._cacheKeysToIntegrities.set(e, r.integrity);
			}
			if (this._urlsToCacheKeys.set(i, e), this._urlsToCacheModes.set(i, a), n.length > 0) {
				let e = `Workbox is precaching URLs without revision info: ${n.join(", ")}\nThis is generally NOT safe. Learn more at https://bit.ly/wb-precache`;
				console.warn(e);
			}
		}
	}
	install(e) {
		return o(e, async () => {
			let t = new l();
			this.strategy.plugins.push(t);
			for (let [t, n] of this._urlsToCacheKeys) {
				let r = this._cacheKeysToIntegrities.get(n), i = this._urlsToCacheModes.get(t), a = new Request(t, {
					integrity: r,
					cache: i,
					credentials: "same-origin"
				});
				await Promise.all(this.strategy.handleAll({
					params: { cacheKey: n },
					request: a,
					event: e
				}));
			}
			let { updatedURLs: n, notUpdatedURLs: r } = t;
			return {
				updatedURLs: n,
				notUpdatedURLs: r
			};
		});
	}
	activate(e) {
		return o(e, async () => {
			let e = await self.caches.open(this.strategy.cacheName), t = await e.keys(), n = new Set(this._urlsToCacheKeys.values()), r = [];
			for (let i of t) n.has(i.url) || (await e.delete(i), r.push(i.url));
			return { deletedURLs: r };
		});
	}
	getURLsToCacheKeys() {
		return this._urlsToCacheKeys;
	}
	getCachedURLs() {
		return [...this._urlsToCacheKeys.keys()];
	}
	getCacheKeyForURL(e) {
		let t = new URL(e, location.href);
		return this._urlsToCacheKeys.get(t.href);
	}
	getIntegrityForCacheKey(e) {
		return this._cacheKeysToIntegrities.get(e);
	}
	async matchPrecache(e) {
		let t = e instanceof Request ? e.url : e, n = this.getCacheKeyForURL(t);
		if (n) return (await self.caches.open(this.strategy.cacheName)).match(n);
	}
	createHandlerBoundToURL(e) {
		let n = this.getCacheKeyForURL(e);
		if (!n) throw new t("non-precached-url", { url: e });
		return (t) => (t.request = new Request(e), t.params = Object.assign({ cacheKey: n }, t.params), this.strategy.handle(t));
	}
}, de, h = () => (de ||= new ue(), de);
// frontend/node_modules/workbox-routing/_version.js
try {
	self["workbox:routing:7.4.0"] && _();
} catch {}
// frontend/node_modules/workbox-routing/utils/normalizeHandler.js
var g = (e) => e && typeof e == "object" ? e : { handle: e }, v = class {
	constructor(e, t, n = "GET") {
		this.handler = g(t), this.match = e, this.method = n;
	}
	setCatchHandler(e) {
		this.catchHandler = g(e);
	}
}, fe = class extends v {
	constructor(e, t, n) {
		super(({ url: t }) => {
			let n = e.exec(t.href);
			if (n && (t.origin === location.origin || n.index === 0)) return n.slice(1);
		}, t, n);
	}
}, pe = class {
	constructor() {
		this._routes = /* @__PURE__ */ new Map(), this._defaultHandlerMap = /* @__PURE__ */ new Map();
	}
	get routes() {
		return this._routes;
	}
	addFetchListener() {
		self.addEventListener("fetch", ((e) => {
			let { request: t } = e, n = this.handleRequest({
				request: t,
				event: e
			});
			n && e.respondWith(n);
		}));
	}
	addCacheListener() {
		self.addEventListener("message", ((e) => {
			if (e.data && e.data.type === "CACHE_URLS") {
				let { payload: t } = e.data, n = Promise.all(t.urlsToCache.map((t) => {
					typeof t == "string" && (t = [t]);
					let n = new Request(...t);
					return this.handleRequest({
						request: n,
						event: e
					});
				}));
				e.waitUntil(n), e.ports && e.ports[0] && n.then(() => e.ports[0].postMessage(!0));
			}
		}));
	}
	handleRequest({ request: e, event: t }) {
		let n = new URL(e.url, location.href);
		if (!n.protocol.startsWith("http")) return;
		let r = n.origin === location.origin, { params: i, route: a } = this.findMatchingRoute({
			event: t,
			request: e,
			sameOrigin: r,
			url: n
		}), o = a && a.handler, s = e.method;
		if (!o && this._defaultHandlerMap.has(s) && (o = this._defaultHandlerMap.get(s)), !o) return;
		let c;
		try {
			c = o.handle({
				url: n,
				request: e,
				event: t,
				params: i
			});
		} catch (e) {
			c = Promise.reject(e);
		}
		let l = a && a.catchHandler;
		return c instanceof Promise && (this._catchHandler || l) && (c = c.catch(async (r) => {
			if (l) try {
				return await l.handle({
					url: n,
					request: e,
					event: t,
					params: i
				});
			} catch (e) {
				e instanceof Error && (r = e);
			}
			if (this._catchHandler) return this._catchHandler.handle({
				url: n,
				request: e,
				event: t
			});
			throw r;
		})), c;
	}
	findMatchingRoute({ url: e, sameOrigin: t, request: n, event: r }) {
		let i = this._routes.get(n.method) || [];
		for (let a of i) {
			let i, o = a.match({
				url: e,
				sameOrigin: t,
				request: n,
				event: r
			});
			if (o) return i = o, (Array.isArray(i) && i.length === 0 || o.constructor === Object && Object.keys(o).length === 0 || typeof o == "boolean") && (i = void 0), {
				route: a,
				params: i
			};
		}
		return {};
	}
	setDefaultHandler(e, t = "GET") {
		this._defaultHandlerMap.set(t, g(e));
	}
	setCatchHandler(e) {
		this._catchHandler = g(e);
	}
	registerRoute(e) {
		this._routes.has(e.method) || this._routes.set(e.method, []), this._routes.get(e.method).push(e);
	}
	unregisterRoute(e) {
		if (!this._routes.has(e.method)) throw new t("unregister-route-but-not-found-with-method", { method: e.method });
		let n = this._routes.get(e.method).indexOf(e);
		if (n > -1) this._routes.get(e.method).splice(n, 1);
		else throw new t("unregister-route-route-not-registered");
	}
}, y, me = () => (y || (y = new pe(), y.addFetchListener(), y.addCacheListener()), y);
// frontend/node_modules/workbox-routing/registerRoute.js
function he(e, n, r) {
	let i;
	if (typeof e == "string") {
		let t = new URL(e, location.href);
		i = new v(({ url: e }) => e.href === t.href, n, r);
	} else if (e instanceof RegExp) i = new fe(e, n, r);
	else if (typeof e == "function") i = new v(e, n, r);
	else if (e instanceof v) i = e;
	else throw new t("unsupported-route-type", {
		moduleName: "workbox-routing",
		funcName: "registerRoute",
		paramName: "capture"
	});
	return me().registerRoute(i), i;
}
// frontend/node_modules/workbox-precaching/utils/removeIgnoredSearchParams.js
function ge(e, t = []) {
	for (let n of [...e.searchParams.keys()]) t.some((e) => e.test(n)) && e.searchParams.delete(n);
	return e;
}
// frontend/node_modules/workbox-precaching/utils/generateURLVariations.js
function* _e(e, { ignoreURLParametersMatching: t = [/^utm_/, /^fbclid$/], directoryIndex: n = "index.html", cleanURLs: r = !0, urlManipulation: i } = {}) {
	let a = new URL(e, location.href);
	a.hash = "", yield a.href;
	let o = ge(a, t);
	if (yield o.href, n && o.pathname.endsWith("/")) {
		let e = new URL(o.href);
		e.pathname += n, yield e.href;
	}
	if (r) {
		let e = new URL(o.href);
		e.pathname += ".html", yield e.href;
	}
	if (i) {
		let e = i({ url: a });
		for (let t of e) yield t.href;
	}
}
// frontend/node_modules/workbox-precaching/PrecacheRoute.js
var ve = class extends v {
	constructor(e, t) {
		super(({ request: n }) => {
			let r = e.getURLsToCacheKeys();
			for (let i of _e(n.url, t)) {
				let t = r.get(i);
				if (t) return {
					cacheKey: t,
					integrity: e.getIntegrityForCacheKey(t)
				};
			}
		}, e.strategy);
	}
};
// frontend/node_modules/workbox-precaching/addRoute.js
function ye(e) {
	he(new ve(h(), e));
}
// frontend/node_modules/workbox-precaching/utils/deleteOutdatedCaches.js
var be = "-precache-", xe = async (e, t = be) => {
	let n = (await self.caches.keys()).filter((n) => n.includes(t) && n.includes(self.registration.scope) && n !== e);
	return await Promise.all(n.map((e) => self.caches.delete(e))), n;
};
// frontend/node_modules/workbox-precaching/cleanupOutdatedCaches.js
function Se() {
	self.addEventListener("activate", ((e) => {
		let t = a.getPrecacheName();
		e.waitUntil(xe(t).then((e) => {}));
	}));
}
// frontend/node_modules/workbox-precaching/precache.js
function Ce(e) {
	h().precache(e);
}
// frontend/node_modules/workbox-precaching/precacheAndRoute.js
function we(e, t) {
	Ce(e), ye(t);
}
// frontend/src/kept/photos.ts
var Te = 1920, Ee = 5e5, De = .82;
async function Oe(e) {
	if (!e.type.startsWith("image/") || e.size <= Ee) return e;
	try {
		let t = await createImageBitmap(e), n = Math.min(1, Te / Math.max(t.width, t.height)), r = new OffscreenCanvas(Math.round(t.width * n), Math.round(t.height * n));
		r.getContext("2d")?.drawImage(t, 0, 0, r.width, r.height), t.close();
		let i = await r.convertToBlob({
			type: "image/jpeg",
			quality: De
		});
		return i.size >= e.size ? e : new File([i], e.name.replace(/\.\w+$/, "") + ".jpg", { type: i.type });
	} catch {
		return e;
	}
}
// frontend/src/kept/sealing.ts
var ke = 12;
async function Ae(e) {
	let t = Uint8Array.from(atob(e), (e) => e.charCodeAt(0));
	return crypto.subtle.importKey("raw", t, "AES-GCM", !1, ["encrypt", "decrypt"]);
}
async function b(e, t, n) {
	let r = crypto.getRandomValues(new Uint8Array(ke));
	return {
		iv: r,
		data: await crypto.subtle.encrypt(C(r, t), e.key, n)
	};
}
async function x(e, t, n) {
	return crypto.subtle.decrypt(C(n.iv, t), e.key, n.data);
}
async function S(e, t, n) {
	return b(e, t, new TextEncoder().encode(JSON.stringify(n)));
}
async function je(e, t, n) {
	return JSON.parse(new TextDecoder().decode(await x(e, t, n)));
}
function C(e, t) {
	return {
		name: "AES-GCM",
		iv: e,
		additionalData: new TextEncoder().encode(t)
	};
}
// frontend/node_modules/idb/build/index.js
var w = (e, t) => t.some((t) => e instanceof t), Me, Ne;
function Pe() {
	return Me ||= [
		IDBIndex,
		IDBObjectStore,
		IDBCursor,
		IDBDatabase,
		IDBTransaction
	];
}
function Fe() {
	return Ne ||= [
		"advance",
		"continue",
		"continuePrimaryKey"
	].map((e) => IDBCursor.prototype[e]);
}
var T = /* @__PURE__ */ new WeakMap(), E = /* @__PURE__ */ new WeakMap(), D = /* @__PURE__ */ new WeakMap();
function Ie(e) {
	let t = new Promise((t, n) => {
		let r = () => {
			e.removeEventListener("success", i), e.removeEventListener("error", a);
		}, i = () => {
			t(A(e.result)), r();
		}, a = () => {
			n(e.error), r();
		};
		e.addEventListener("success", i), e.addEventListener("error", a);
	});
	return D.set(t, e), t;
}
function Le(e) {
	if (T.has(e)) return;
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
	T.set(e, t);
}
var O = {
	get(e, t, n) {
		if (e instanceof IDBTransaction) {
			if (t === "done") return T.get(e);
			if (t === "store") return n.objectStoreNames[1] ? void 0 : n.objectStore(n.objectStoreNames[0]);
		}
		return A(e[t]);
	},
	set(e, t, n) {
		return e[t] = n, !0;
	},
	has(e, t) {
		return e instanceof IDBTransaction && (t === "done" || t === "store") || t in e;
	}
};
function k(e) {
	O = e(O);
}
function Re(e) {
	return Fe().includes(e) ? function(...t) {
		return e.apply(j(this), t), A(this.request);
	} : function(...t) {
		return A(e.apply(j(this), t));
	};
}
function ze(e) {
	return typeof e == "function" ? Re(e) : (e instanceof IDBTransaction && Le(e), w(e, Pe()) ? new Proxy(e, O) : e);
}
function A(e) {
	if (e instanceof IDBRequest) return Ie(e);
	if (E.has(e)) return E.get(e);
	let t = ze(e);
	return Object.is(t, e) || (E.set(e, t), D.set(t, e)), t;
}
var j = (e) => D.get(e);
function Be(e, t, { blocked: n, upgrade: r, blocking: i, terminated: a } = {}) {
	let o = indexedDB.open(e, t), s = A(o);
	return r && o.addEventListener("upgradeneeded", (e) => {
		r(A(o.result), e.oldVersion, e.newVersion, A(o.transaction), e);
	}), n && o.addEventListener("blocked", (e) => n(e.oldVersion, e.newVersion, e)), s.then((e) => {
		a && e.addEventListener("close", () => a()), i && e.addEventListener("versionchange", (e) => i(e.oldVersion, e.newVersion, e));
	}).catch(() => {}), s;
}
var Ve = [
	"get",
	"getKey",
	"getAll",
	"getAllKeys",
	"count"
], He = [
	"put",
	"add",
	"delete",
	"clear"
], M = {};
function Ue(e, t) {
	if (!(e instanceof IDBDatabase && !(t in e) && typeof t == "string")) return;
	if (M[t]) return M[t];
	let n = t.replace(/FromIndex$/, ""), r = t !== n, i = He.includes(n);
	return !(n in (r ? IDBIndex : IDBObjectStore).prototype) || !(i || Ve.includes(n)) ? void 0 : M[t] = async function(e, ...t) {
		let a = this.transaction(e, i ? "readwrite" : "readonly"), o = a.store;
		return r && (o = o.index(t.shift())), (await Promise.all([o[n](...t), i && a.done]))[0];
	};
}
k((e) => ({
	...e,
	get: (t, n, r) => Ue(t, n) || e.get(t, n, r),
	has: (t, n) => !!Ue(t, n) || e.has(t, n)
}));
var We = [
	"advance",
	"continue",
	"continuePrimaryKey"
], Ge = {}, N = /* @__PURE__ */ new WeakMap(), P = /* @__PURE__ */ new WeakMap(), Ke = { get(e, t) {
	if (!We.includes(t)) return e[t];
	let n = Ge[t];
	return n ||= Ge[t] = function(...e) {
		N.set(this, P.get(this)[t](...e));
	}, n;
} };
async function* qe(...e) {
	let t = this;
	if (t instanceof IDBCursor || (t = await t.openCursor(...e)), !t) return;
	t = t;
	let n = new Proxy(t, Ke);
	for (P.set(n, t), D.set(n, j(t)); t;) yield n, t = await (N.get(n) || t.continue()), N.delete(n);
}
function F(e, t) {
	return t === Symbol.asyncIterator && w(e, [
		IDBIndex,
		IDBObjectStore,
		IDBCursor
	]) || t === "iterate" && w(e, [IDBIndex, IDBObjectStore]);
}
k((e) => ({
	...e,
	get(t, n, r) {
		return F(t, n) ? qe : e.get(t, n, r);
	},
	has(t, n) {
		return F(t, n) || e.has(t, n);
	}
}));
// frontend/src/kept/store.ts
var Je = 1, I;
function L() {
	return I ??= Be("field", Je, {
		upgrade(e) {
			e.createObjectStore("meta"), e.createObjectStore("pages", { keyPath: "url" }), e.createObjectStore("outbox", {
				keyPath: "seq",
				autoIncrement: !0
			});
		},
		blocking: Ye,
		terminated: Ye
	}), I.catch(() => I = void 0), I;
}
function Ye() {
	I?.then((e) => e.close()), I = void 0;
}
async function R(e, t) {
	await (await L()).put("meta", t, e);
}
async function z(e) {
	return await (await L()).get("meta", e);
}
async function Xe() {
	let e = await z("lock");
	if (e && e.until > Date.now()) return e;
	e && await B();
}
async function B() {
	let e = await L();
	await e.delete("meta", "lock"), await e.clear("pages");
}
async function Ze(e) {
	await B();
	for (let t of await V()) t.phone === e && await U(t);
}
async function V() {
	return (await L()).getAll("outbox");
}
async function H(e) {
	return (await L()).put("outbox", e);
}
async function U(e) {
	e.seq !== void 0 && await (await L()).delete("outbox", e.seq);
}
// frontend/src/kept/outbox.ts
var Qe = "_later", $e = "csrfmiddlewaretoken", et = 864e5, W = /* @__PURE__ */ new Set();
async function G(e, t, n) {
	let r = n.get(Qe), i = new FormData(), a = [], o = 0;
	for (let [e, t] of n) e !== "_later" && e !== $e && e !== "_instead" && (typeof t == "string" ? (i.append(e, t), a.push([e, t])) : t.size && (i.append(e, await Oe(t)), o += 1));
	let s = new Response(i), c = s.headers.get("Content-Type") ?? "", l = await s.arrayBuffer(), u = crypto.randomUUID(), d = {
		title: String(r),
		type: c,
		texts: a,
		files: o
	}, f = {
		id: u,
		phone: e.phone,
		state: "waiting",
		path: t,
		madeAt: Date.now(),
		size: l.byteLength,
		instead: String(n.get("_instead") ?? ""),
		head: await S(e, u, d),
		body: await b(e, u, l)
	};
	return f.seq = await H(f), f;
}
async function tt(e, t) {
	return je(e, t.id, t.head);
}
async function K(e, t, n, r) {
	let { type: i } = await tt(e, t), a = {
		"Content-Type": i,
		"X-CSRFToken": n,
		"Jingwei-Queued": t.id,
		"Jingwei-Age": String((Date.now() - t.madeAt) / 1e3),
		"Jingwei-Member": String(e.member)
	};
	return r && (a["Jingwei-Later"] = "1"), {
		method: "POST",
		headers: a,
		body: t.body ? await x(e, t.id, t.body) : null,
		redirect: "manual",
		credentials: "same-origin"
	};
}
async function nt(e, t, n) {
	let r = /* @__PURE__ */ new Set();
	for (let i of await V()) {
		if (i.phone !== e.phone || i.state === "sent" || W.has(i.id)) continue;
		if (i.state === "refused" || at(r, i)) {
			r.add(Y(i.path));
			continue;
		}
		let a = await rt(e, i, t);
		if (a === "refused" && r.add(Y(i.path)), n(), a === "signed-out" || a === "later") return a;
	}
	return await it(), "done";
}
async function rt(e, t, n) {
	let r;
	try {
		r = await fetch(t.path, await K(e, t, n, !0));
	} catch {
		return "later";
	}
	if (r.status === 401) return "signed-out";
	if (r.type === "opaqueredirect" || r.status === 429 || r.status >= 500) return "later";
	let i = await r.json().catch(() => ({}));
	return r.ok && i.result === "done" ? (await J(t, i.is_clock_doubtful ?? !1), "done") : (await q(e, t, i), "refused");
}
async function q(e, t, n) {
	await H({
		...t,
		state: "refused",
		answer: await S(e, t.id, n)
	});
}
async function J(e, t = !1) {
	let { body: n, answer: r, ...i } = e;
	await H({
		...i,
		state: "sent",
		isDoubtful: t
	});
	for (let t of await V()) t.state === "refused" && t.id === e.instead && await U(t);
}
async function it() {
	for (let e of await V()) e.state === "sent" && Date.now() - e.madeAt > et && await U(e);
}
function Y(e) {
	return /^(\/field\/(?:cases|work-lists)\/[^/]+\/)/.exec(e)?.[1] ?? "";
}
function at(e, t) {
	let n = Y(t.path);
	return n !== "" && e.has(n);
}
// frontend/src/kept/pages.ts
var ot = 4, st = "Content-Security-Policy";
function X(e) {
	let t = new URL(e);
	return t.searchParams.has("ahead") ? `${t.pathname}?ahead=1` : t.pathname;
}
async function ct(e, t) {
	let n = await L(), r = new Map(t.map(({ url: e, tag: t }) => [e, t]));
	for (let e of await n.getAll("pages")) r.get(e.url) === e.tag ? r.delete(e.url) : r.has(e.url) || await n.delete("pages", e.url);
	let i = [...r], a = Array.from({ length: ot }, async () => {
		for (let t = i.shift(); t; t = i.shift()) await lt(e, t[0], t[1]);
	});
	await Promise.all(a);
}
async function lt(e, t, n) {
	let r = await fetch(t, {
		credentials: "same-origin",
		redirect: "manual",
		cache: "no-store"
	});
	if (!r.ok) return;
	let i = r.headers.get("Content-Type") ?? "", a = await b(e, t, await r.arrayBuffer()), o = r.headers.get(st) ?? "";
	await (await L()).put("pages", {
		url: t,
		tag: n,
		at: Date.now(),
		type: i,
		policy: o,
		sealed: a
	});
}
async function ut(e) {
	return await (await L()).getKey("pages", e) !== void 0;
}
async function dt(e) {
	let t = await Xe(), n = await (await L()).get("pages", e);
	if (t && n) try {
		let e = await x(t, n.url, n.sealed), r = {
			"Content-Type": n.type,
			"Cache-Control": "no-store"
		};
		if (r["X-Content-Type-Options"] = "nosniff", n.policy && (r[st] = n.policy), !n.type.startsWith("text/html")) return new Response(e, { headers: r });
		let i = new TextDecoder().decode(e).replace("<html ", `<html data-as-of="${n.at}" `);
		return new Response(i, { headers: r });
	} catch {
		return;
	}
}
// frontend/src/kept/syncing.ts
var Z = "/field/offline/";
async function ft() {
	let e = await fetch(`${Z}who/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!e.ok) throw Error(`answered ${e.status}`);
	return e.json();
}
async function pt(e) {
	await navigator.locks.request("field-sync", async () => {
		await R("state", await mt(e)), e();
	});
}
async function mt(e) {
	let { member: t, token: n } = await ft();
	if (t === null) return await B(), "signed-out";
	let r = await ht(t, n);
	if (!r) return "withdrawn";
	e();
	let i = await nt(r, n, e);
	if (i === "signed-out") return "signed-out";
	if (i === "later") throw Error("the line was lost");
	let a = await fetch(`${Z}pages/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!a.ok) throw Error(`answered ${a.status}`);
	let { pages: o } = await a.json();
	return await ct(r, o), "fine";
}
async function ht(e, t) {
	let n = await z("phones") ?? {}, r = await z("lock");
	r && r.member !== e && await B();
	let i = n[e] ??= crypto.randomUUID();
	await R("phones", n);
	let a = await fetch(`${Z}key/${i}/`, {
		method: "POST",
		headers: { "X-CSRFToken": t },
		credentials: "same-origin",
		redirect: "error"
	});
	if (a.status === 410) {
		await Ze(i);
		let { [e]: t, ...r } = n;
		await R("phones", r);
		return;
	}
	if (!a.ok) throw Error(`answered ${a.status}`);
	let { key: o, lives: s } = await a.json(), c = {
		key: await Ae(o),
		phone: i,
		member: e,
		until: Date.now() + s * 1e3
	};
	return await R("lock", c), c;
}
// frontend/src/worker.ts
var gt = "shell", _t = "/field/sync/", vt = "/field/report/", yt = "/field/report/now/", bt = "/photos/", xt = 4e3, St = 3e4, Q = "field", Ct = new BroadcastChannel(Q);
we(self.jingwei.assets), Se(), self.addEventListener("install", (e) => {
	e.waitUntil(Pt().then(() => self.skipWaiting()));
}), self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim())), self.addEventListener("message", (e) => {
	e.data === "sync" && e.waitUntil(jt().catch(() => void 0));
}), self.addEventListener("sync", (e) => {
	let t = e;
	t.tag === Q && t.waitUntil(jt());
}), self.addEventListener("fetch", (e) => {
	let { request: t } = e, { origin: n, pathname: r } = new URL(t.url);
	if (n !== self.location.origin) return;
	let i = t.url.startsWith(self.registration.scope) && !r.startsWith("/field/offline/");
	if (t.method === "POST" && t.mode === "navigate" && i) e.respondWith(Dt(t));
	else if (t.method !== "GET") return;
	else t.mode === "navigate" && t.url.startsWith(self.registration.scope) ? e.respondWith(wt(t)) : t.headers.has("HX-Request") && i ? e.respondWith(Tt(t)) : r.startsWith(bt) && e.respondWith(Et(t));
});
async function wt(e) {
	let t = X(e.url);
	try {
		return await Nt(e, await ut(t).catch(() => !1) ? xt : void 0);
	} catch {
		return await dt(t.startsWith(vt) ? yt : t).catch(() => void 0) ?? await caches.match(self.jingwei.shell) ?? Response.error();
	}
}
async function Tt(e) {
	let t = await ut(X(e.url)).catch(() => !1);
	try {
		return await Nt(e, t ? xt : void 0);
	} catch (n) {
		if (t) return new Response("", { headers: { "HX-Redirect": e.url } });
		throw n;
	}
}
async function Et(e) {
	try {
		return await fetch(e);
	} catch (t) {
		let n = await dt(X(e.url)).catch(() => void 0);
		if (n) return n;
		throw t;
	}
}
async function Dt(e) {
	let t = await Xe().catch(() => void 0), n = t && await e.clone().formData().catch(() => void 0);
	if (!t || !n?.has("_later")) return fetch(e);
	let r = new URL(e.url).pathname, i = String(n.get("csrfmiddlewaretoken") ?? ""), a = !(await V()).some((e) => e.state === "waiting" && e.phone === t.phone), o;
	try {
		o = await Ot(t, r, n);
	} catch {
		return fetch(e).catch(() => Response.redirect(`${self.jingwei.shell}?full=1`, 303));
	}
	return a ? (W.add(o.id), kt(t, o, i).catch(At).finally(() => W.delete(o.id))) : At();
}
async function Ot(e, t, n) {
	try {
		return await G(e, t, n);
	} catch {
		return await (await L()).clear("pages"), G(e, t, n);
	}
}
async function kt(e, t, n) {
	let r = await K(e, t, n, !1), i = await fetch(t.path, {
		...r,
		signal: AbortSignal.timeout(St)
	});
	if (Mt(i) || i.status === 401 || i.status >= 500) throw Error(`answered ${i.status}`);
	return i.type === "opaqueredirect" ? await J(t) : i.ok || i.status === 422 ? await U(t) : await q(e, t, {
		status: i.status,
		page: await i.clone().text()
	}), $(), i;
}
function At() {
	return $(), self.registration.sync?.register(Q).catch(() => void 0), Response.redirect(_t, 303);
}
async function jt() {
	await Pt().catch(() => void 0), await pt($);
}
function Mt(e) {
	return [
		429,
		502,
		503,
		504
	].includes(e.status);
}
async function Nt(e, t) {
	let n = t === void 0 ? {} : { signal: AbortSignal.timeout(t) }, r = await fetch(e, n);
	if (t !== void 0 && Mt(r)) throw Error(`answered ${r.status}`);
	return r;
}
async function Pt() {
	await (await caches.open(gt)).add(new Request(self.jingwei.shell, { cache: "reload" }));
}
function $() {
	Ct.postMessage("changed");
}

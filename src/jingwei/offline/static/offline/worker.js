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
}, h, g = () => (h ||= new ue(), h);
// frontend/node_modules/workbox-routing/_version.js
try {
	self["workbox:routing:7.4.0"] && _();
} catch {}
// frontend/node_modules/workbox-routing/utils/normalizeHandler.js
var v = (e) => e && typeof e == "object" ? e : { handle: e }, y = class {
	constructor(e, t, n = "GET") {
		this.handler = v(t), this.match = e, this.method = n;
	}
	setCatchHandler(e) {
		this.catchHandler = v(e);
	}
}, de = class extends y {
	constructor(e, t, n) {
		super(({ url: t }) => {
			let n = e.exec(t.href);
			if (n && (t.origin === location.origin || n.index === 0)) return n.slice(1);
		}, t, n);
	}
}, fe = class {
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
		this._defaultHandlerMap.set(t, v(e));
	}
	setCatchHandler(e) {
		this._catchHandler = v(e);
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
}, b, pe = () => (b || (b = new fe(), b.addFetchListener(), b.addCacheListener()), b);
// frontend/node_modules/workbox-routing/registerRoute.js
function me(e, n, r) {
	let i;
	if (typeof e == "string") {
		let t = new URL(e, location.href);
		i = new y(({ url: e }) => e.href === t.href, n, r);
	} else if (e instanceof RegExp) i = new de(e, n, r);
	else if (typeof e == "function") i = new y(e, n, r);
	else if (e instanceof y) i = e;
	else throw new t("unsupported-route-type", {
		moduleName: "workbox-routing",
		funcName: "registerRoute",
		paramName: "capture"
	});
	return pe().registerRoute(i), i;
}
// frontend/node_modules/workbox-precaching/utils/removeIgnoredSearchParams.js
function he(e, t = []) {
	for (let n of [...e.searchParams.keys()]) t.some((e) => e.test(n)) && e.searchParams.delete(n);
	return e;
}
// frontend/node_modules/workbox-precaching/utils/generateURLVariations.js
function* ge(e, { ignoreURLParametersMatching: t = [/^utm_/, /^fbclid$/], directoryIndex: n = "index.html", cleanURLs: r = !0, urlManipulation: i } = {}) {
	let a = new URL(e, location.href);
	a.hash = "", yield a.href;
	let o = he(a, t);
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
var _e = class extends y {
	constructor(e, t) {
		super(({ request: n }) => {
			let r = e.getURLsToCacheKeys();
			for (let i of ge(n.url, t)) {
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
function ve(e) {
	me(new _e(g(), e));
}
// frontend/node_modules/workbox-precaching/utils/deleteOutdatedCaches.js
var ye = "-precache-", be = async (e, t = ye) => {
	let n = (await self.caches.keys()).filter((n) => n.includes(t) && n.includes(self.registration.scope) && n !== e);
	return await Promise.all(n.map((e) => self.caches.delete(e))), n;
};
// frontend/node_modules/workbox-precaching/cleanupOutdatedCaches.js
function xe() {
	self.addEventListener("activate", ((e) => {
		let t = a.getPrecacheName();
		e.waitUntil(be(t).then((e) => {}));
	}));
}
// frontend/node_modules/workbox-precaching/precache.js
function Se(e) {
	g().precache(e);
}
// frontend/node_modules/workbox-precaching/precacheAndRoute.js
function Ce(e, t) {
	Se(e), ve(t);
}
// frontend/src/kept/photos.ts
var we = 1920, Te = 5e5, Ee = .82;
async function De(e) {
	if (!e.type.startsWith("image/") || e.size <= Te) return e;
	try {
		let t = await createImageBitmap(e), n = Math.min(1, we / Math.max(t.width, t.height)), r = new OffscreenCanvas(Math.round(t.width * n), Math.round(t.height * n));
		r.getContext("2d")?.drawImage(t, 0, 0, r.width, r.height), t.close();
		let i = await r.convertToBlob({
			type: "image/jpeg",
			quality: Ee
		});
		return i.size >= e.size ? e : new File([i], e.name.replace(/\.\w+$/, "") + ".jpg", { type: i.type });
	} catch {
		return e;
	}
}
// frontend/src/kept/sealing.ts
var Oe = 12;
async function ke(e) {
	let t = Uint8Array.from(atob(e), (e) => e.charCodeAt(0));
	return crypto.subtle.importKey("raw", t, "AES-GCM", !1, ["encrypt", "decrypt"]);
}
async function x(e, t, n) {
	let r = crypto.getRandomValues(new Uint8Array(Oe));
	return {
		iv: r,
		data: await crypto.subtle.encrypt(w(r, t), e.key, n)
	};
}
async function S(e, t, n) {
	return crypto.subtle.decrypt(w(n.iv, t), e.key, n.data);
}
async function C(e, t, n) {
	return x(e, t, new TextEncoder().encode(JSON.stringify(n)));
}
async function Ae(e, t, n) {
	return JSON.parse(new TextDecoder().decode(await S(e, t, n)));
}
function w(e, t) {
	return {
		name: "AES-GCM",
		iv: e,
		additionalData: new TextEncoder().encode(t)
	};
}
// frontend/node_modules/idb/build/index.js
var T = (e, t) => t.some((t) => e instanceof t), je, Me;
function Ne() {
	return je ||= [
		IDBIndex,
		IDBObjectStore,
		IDBCursor,
		IDBDatabase,
		IDBTransaction
	];
}
function Pe() {
	return Me ||= [
		"advance",
		"continue",
		"continuePrimaryKey"
	].map((e) => IDBCursor.prototype[e]);
}
var E = /* @__PURE__ */ new WeakMap(), D = /* @__PURE__ */ new WeakMap(), O = /* @__PURE__ */ new WeakMap();
function Fe(e) {
	let t = new Promise((t, n) => {
		let r = () => {
			e.removeEventListener("success", i), e.removeEventListener("error", a);
		}, i = () => {
			t(j(e.result)), r();
		}, a = () => {
			n(e.error), r();
		};
		e.addEventListener("success", i), e.addEventListener("error", a);
	});
	return O.set(t, e), t;
}
function Ie(e) {
	if (E.has(e)) return;
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
	E.set(e, t);
}
var k = {
	get(e, t, n) {
		if (e instanceof IDBTransaction) {
			if (t === "done") return E.get(e);
			if (t === "store") return n.objectStoreNames[1] ? void 0 : n.objectStore(n.objectStoreNames[0]);
		}
		return j(e[t]);
	},
	set(e, t, n) {
		return e[t] = n, !0;
	},
	has(e, t) {
		return e instanceof IDBTransaction && (t === "done" || t === "store") || t in e;
	}
};
function A(e) {
	k = e(k);
}
function Le(e) {
	return Pe().includes(e) ? function(...t) {
		return e.apply(M(this), t), j(this.request);
	} : function(...t) {
		return j(e.apply(M(this), t));
	};
}
function Re(e) {
	return typeof e == "function" ? Le(e) : (e instanceof IDBTransaction && Ie(e), T(e, Ne()) ? new Proxy(e, k) : e);
}
function j(e) {
	if (e instanceof IDBRequest) return Fe(e);
	if (D.has(e)) return D.get(e);
	let t = Re(e);
	return Object.is(t, e) || (D.set(e, t), O.set(t, e)), t;
}
var M = (e) => O.get(e);
function ze(e, t, { blocked: n, upgrade: r, blocking: i, terminated: a } = {}) {
	let o = indexedDB.open(e, t), s = j(o);
	return r && o.addEventListener("upgradeneeded", (e) => {
		r(j(o.result), e.oldVersion, e.newVersion, j(o.transaction), e);
	}), n && o.addEventListener("blocked", (e) => n(e.oldVersion, e.newVersion, e)), s.then((e) => {
		a && e.addEventListener("close", () => a()), i && e.addEventListener("versionchange", (e) => i(e.oldVersion, e.newVersion, e));
	}).catch(() => {}), s;
}
var Be = [
	"get",
	"getKey",
	"getAll",
	"getAllKeys",
	"count"
], Ve = [
	"put",
	"add",
	"delete",
	"clear"
], N = {};
function He(e, t) {
	if (!(e instanceof IDBDatabase && !(t in e) && typeof t == "string")) return;
	if (N[t]) return N[t];
	let n = t.replace(/FromIndex$/, ""), r = t !== n, i = Ve.includes(n);
	return !(n in (r ? IDBIndex : IDBObjectStore).prototype) || !(i || Be.includes(n)) ? void 0 : N[t] = async function(e, ...t) {
		let a = this.transaction(e, i ? "readwrite" : "readonly"), o = a.store;
		return r && (o = o.index(t.shift())), (await Promise.all([o[n](...t), i && a.done]))[0];
	};
}
A((e) => ({
	...e,
	get: (t, n, r) => He(t, n) || e.get(t, n, r),
	has: (t, n) => !!He(t, n) || e.has(t, n)
}));
var Ue = [
	"advance",
	"continue",
	"continuePrimaryKey"
], We = {}, P = /* @__PURE__ */ new WeakMap(), F = /* @__PURE__ */ new WeakMap(), Ge = { get(e, t) {
	if (!Ue.includes(t)) return e[t];
	let n = We[t];
	return n ||= We[t] = function(...e) {
		P.set(this, F.get(this)[t](...e));
	}, n;
} };
async function* Ke(...e) {
	let t = this;
	if (t instanceof IDBCursor || (t = await t.openCursor(...e)), !t) return;
	t = t;
	let n = new Proxy(t, Ge);
	for (F.set(n, t), O.set(n, M(t)); t;) yield n, t = await (P.get(n) || t.continue()), P.delete(n);
}
function I(e, t) {
	return t === Symbol.asyncIterator && T(e, [
		IDBIndex,
		IDBObjectStore,
		IDBCursor
	]) || t === "iterate" && T(e, [IDBIndex, IDBObjectStore]);
}
A((e) => ({
	...e,
	get(t, n, r) {
		return I(t, n) ? Ke : e.get(t, n, r);
	},
	has(t, n) {
		return I(t, n) || e.has(t, n);
	}
}));
// frontend/src/kept/store.ts
var qe = 1, L;
function R() {
	return L ??= ze("field", qe, {
		upgrade(e) {
			e.createObjectStore("meta"), e.createObjectStore("pages", { keyPath: "url" }), e.createObjectStore("outbox", {
				keyPath: "seq",
				autoIncrement: !0
			});
		},
		blocking: Je,
		terminated: Je
	}), L;
}
function Je() {
	L?.then((e) => e.close()), L = void 0;
}
async function z(e, t) {
	await (await R()).put("meta", t, e);
}
async function B(e) {
	return await (await R()).get("meta", e);
}
async function Ye() {
	let e = await B("lock");
	if (e && e.until > Date.now()) return e;
	e && await V();
}
async function V() {
	let e = await R();
	await e.delete("meta", "lock"), await e.clear("pages");
}
async function Xe(e) {
	await V();
	for (let t of await H()) t.phone === e && await W(t);
}
async function H() {
	return (await R()).getAll("outbox");
}
async function U(e) {
	return (await R()).put("outbox", e);
}
async function W(e) {
	e.seq !== void 0 && await (await R()).delete("outbox", e.seq);
}
// frontend/src/kept/outbox.ts
var Ze = "_later", Qe = "csrfmiddlewaretoken", $e = 864e5, G = /* @__PURE__ */ new Set();
async function K(e, t, n) {
	let r = n.get(Ze), i = new FormData(), a = [], o = 0;
	for (let [e, t] of n) e !== "_later" && e !== Qe && (typeof t == "string" ? (i.append(e, t), a.push([e, t])) : t.size && (i.append(e, await De(t)), o += 1));
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
		head: await C(e, u, d),
		body: await x(e, u, l)
	};
	return f.seq = await U(f), f;
}
async function et(e, t) {
	return Ae(e, t.id, t.head);
}
async function q(e, t, n, r) {
	let { type: i } = await et(e, t), a = {
		"Content-Type": i,
		"X-CSRFToken": n,
		"Jingwei-Queued": t.id,
		"Jingwei-Age": String((Date.now() - t.madeAt) / 1e3)
	};
	return r && (a["Jingwei-Later"] = "1"), {
		method: "POST",
		headers: a,
		body: t.body ? await S(e, t.id, t.body) : null,
		redirect: "manual",
		credentials: "same-origin"
	};
}
async function tt(e, t, n) {
	let r = /* @__PURE__ */ new Set();
	for (let i of await H()) {
		if (i.phone !== e.phone || i.state === "sent" || G.has(i.id)) continue;
		if (i.state === "refused" || it(r, i)) {
			r.add(Y(i.path));
			continue;
		}
		let a = await nt(e, i, t);
		if (a === "refused" && r.add(Y(i.path)), n(), a === "signed-out" || a === "later") return a;
	}
	return await rt(), "done";
}
async function nt(e, t, n) {
	let r;
	try {
		r = await fetch(t.path, await q(e, t, n, !0));
	} catch {
		return "later";
	}
	if (r.status === 401) return "signed-out";
	if (r.type === "opaqueredirect" || r.status === 429 || r.status >= 500) return "later";
	let i = await r.json().catch(() => ({}));
	return r.ok && i.result === "done" ? (await J(t, i.is_clock_doubtful ?? !1), "done") : (await U({
		...t,
		state: "refused",
		answer: await C(e, t.id, i)
	}), "refused");
}
async function J(e, t = !1) {
	let { body: n, answer: r, ...i } = e;
	await U({
		...i,
		state: "sent",
		isDoubtful: t
	});
	for (let t of await H()) t.state === "refused" && t.path === e.path && t.phone === e.phone && await W(t);
}
async function rt() {
	for (let e of await H()) e.state === "sent" && Date.now() - e.madeAt > $e && await W(e);
}
function Y(e) {
	return /^(\/field\/(?:cases|work-lists)\/[^/]+\/)/.exec(e)?.[1] ?? "";
}
function it(e, t) {
	let n = Y(t.path);
	return n !== "" && e.has(n);
}
// frontend/src/kept/pages.ts
var at = 4;
function X(e) {
	let t = new URL(e);
	return t.searchParams.has("ahead") ? `${t.pathname}?ahead=1` : t.pathname;
}
async function ot(e, t) {
	let n = await R(), r = new Map(t.map(({ url: e, tag: t }) => [e, t]));
	for (let e of await n.getAll("pages")) r.get(e.url) === e.tag ? r.delete(e.url) : r.has(e.url) || await n.delete("pages", e.url);
	let i = [...r], a = Array.from({ length: at }, async () => {
		for (let t = i.shift(); t; t = i.shift()) await st(e, t[0], t[1]);
	});
	await Promise.all(a);
}
async function st(e, t, n) {
	let r = await fetch(t, {
		credentials: "same-origin",
		redirect: "manual"
	});
	if (!r.ok) return;
	let i = r.headers.get("Content-Type") ?? "", a = await x(e, t, await r.arrayBuffer());
	await (await R()).put("pages", {
		url: t,
		tag: n,
		at: Date.now(),
		type: i,
		sealed: a
	});
}
async function ct(e) {
	return await (await R()).getKey("pages", e) !== void 0;
}
async function lt(e) {
	let t = await Ye(), n = await (await R()).get("pages", e);
	if (t && n) try {
		let e = await S(t, n.url, n.sealed), r = {
			"Content-Type": n.type,
			"Cache-Control": "no-store"
		};
		if (!n.type.startsWith("text/html")) return new Response(e, { headers: r });
		let i = new TextDecoder().decode(e).replace("<html ", `<html data-as-of="${n.at}" `);
		return new Response(i, { headers: r });
	} catch {
		return;
	}
}
// frontend/src/kept/syncing.ts
var Z = "/field/offline/";
async function ut() {
	let e = await fetch(`${Z}who/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!e.ok) throw Error(`answered ${e.status}`);
	return e.json();
}
async function dt(e) {
	await navigator.locks.request("field-sync", async () => {
		await z("state", await ft(e)), e();
	});
}
async function ft(e) {
	let { member: t, token: n } = await ut();
	if (t === null) return await V(), "signed-out";
	let r = await pt(t, n);
	if (!r) return "withdrawn";
	e();
	let i = await tt(r, n, e);
	if (i === "signed-out") return "signed-out";
	if (i === "later") throw Error("the line was lost");
	let a = await fetch(`${Z}pages/`, {
		credentials: "same-origin",
		cache: "no-store"
	});
	if (!a.ok) throw Error(`answered ${a.status}`);
	let { pages: o } = await a.json();
	return await ot(r, o), "fine";
}
async function pt(e, t) {
	let n = await B("phones") ?? {}, r = await B("lock");
	r && r.member !== e && await V();
	let i = n[e] ??= crypto.randomUUID();
	await z("phones", n);
	let a = await fetch(`${Z}key/${i}/`, {
		method: "POST",
		headers: { "X-CSRFToken": t },
		credentials: "same-origin",
		redirect: "error"
	});
	if (a.status === 410) {
		await Xe(i);
		let { [e]: t, ...r } = n;
		await z("phones", r);
		return;
	}
	if (!a.ok) throw Error(`answered ${a.status}`);
	let { key: o, lives: s } = await a.json(), c = {
		key: await ke(o),
		phone: i,
		member: e,
		until: Date.now() + s * 1e3
	};
	return await z("lock", c), c;
}
// frontend/src/worker.ts
var mt = "shell", ht = "/field/sync/", gt = "/field/report/", _t = "/field/report/now/", vt = "/photos/", yt = 4e3, bt = 3e4, Q = "field", xt = new BroadcastChannel(Q);
Ce(self.jingwei.assets), xe(), self.addEventListener("install", (e) => {
	e.waitUntil(Mt().then(() => self.skipWaiting()));
}), self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim())), self.addEventListener("message", (e) => {
	e.data === "sync" && e.waitUntil(kt().catch(() => void 0));
}), self.addEventListener("sync", (e) => {
	let t = e;
	t.tag === Q && t.waitUntil(kt());
}), self.addEventListener("fetch", (e) => {
	let { request: t } = e, { origin: n, pathname: r } = new URL(t.url);
	if (n !== self.location.origin) return;
	let i = t.url.startsWith(self.registration.scope) && !r.startsWith("/field/offline/");
	if (t.method === "POST" && t.mode === "navigate" && i) e.respondWith(Tt(t));
	else if (t.method !== "GET") return;
	else t.mode === "navigate" && t.url.startsWith(self.registration.scope) ? e.respondWith(St(t)) : t.headers.has("HX-Request") && i ? e.respondWith(Ct(t)) : r.startsWith(vt) && e.respondWith(wt(t));
});
async function St(e) {
	let t = X(e.url);
	try {
		return await jt(e, await ct(t) ? yt : void 0);
	} catch {
		return await lt(t.startsWith(gt) ? _t : t) ?? await caches.match(self.jingwei.shell) ?? Response.error();
	}
}
async function Ct(e) {
	let t = await ct(X(e.url));
	try {
		return await jt(e, t ? yt : void 0);
	} catch (n) {
		if (t) return new Response("", { headers: { "HX-Redirect": e.url } });
		throw n;
	}
}
async function wt(e) {
	try {
		return await fetch(e);
	} catch (t) {
		let n = await lt(X(e.url));
		if (n) return n;
		throw t;
	}
}
async function Tt(e) {
	let t = await Ye(), n = t && await e.clone().formData().catch(() => void 0);
	if (!t || !n?.has("_later")) return fetch(e);
	let r = new URL(e.url).pathname, i = String(n.get("csrfmiddlewaretoken") ?? ""), a = !(await H()).some((e) => e.state === "waiting" && e.phone === t.phone), o;
	try {
		o = await Et(t, r, n);
	} catch {
		return fetch(e).catch(() => Response.redirect(`${self.jingwei.shell}?full=1`, 303));
	}
	return a ? (G.add(o.id), Dt(t, o, i).catch(Ot).finally(() => G.delete(o.id))) : Ot();
}
async function Et(e, t, n) {
	try {
		return await K(e, t, n);
	} catch {
		return await (await R()).clear("pages"), K(e, t, n);
	}
}
async function Dt(e, t, n) {
	let r = await q(e, t, n, !1), i = await fetch(t.path, {
		...r,
		signal: AbortSignal.timeout(bt)
	});
	if (At(i)) throw Error(`answered ${i.status}`);
	return i.type === "opaqueredirect" ? await J(t) : await W(t), $(), i;
}
function Ot() {
	return $(), self.registration.sync?.register(Q).catch(() => void 0), Response.redirect(ht, 303);
}
async function kt() {
	await Mt().catch(() => void 0), await dt($);
}
function At(e) {
	return [
		429,
		502,
		503,
		504
	].includes(e.status);
}
async function jt(e, t) {
	let n = t === void 0 ? {} : { signal: AbortSignal.timeout(t) }, r = await fetch(e, n);
	if (t !== void 0 && At(r)) throw Error(`answered ${r.status}`);
	return r;
}
async function Mt() {
	await (await caches.open(mt)).add(new Request(self.jingwei.shell, { cache: "reload" }));
}
function $() {
	xt.postMessage("changed");
}

/* Keeps the verifying page: fresh from the server when there is one, from the device when there is not. */
"use strict";
const CACHE = "teduh-verify-1";
const FILES = ["./", "manifest.webmanifest", "berkas/card.js", "berkas/page.js", "berkas/verify.css", "berkas/icon.svg"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  address.search = address.hash = "";
  if (!FILES.some((file) => new URL(file, self.registration.scope).href === address.href)) return;
  event.respondWith(
    fetch(event.request).then((answer) => {
      if (answer.ok) {
        const copy = answer.clone();
        event.waitUntil(caches.open(CACHE).then((cache) => cache.put(address.href, copy)));
      }
      return answer.ok ? answer : caches.match(address.href).then((kept) => kept || answer);
    }).catch(() => caches.match(address.href)),
  );
});

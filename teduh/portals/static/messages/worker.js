/* Shows a message on this device and opens it when it is touched. A copy of the same message replaces the first. */
"use strict";
const OPEN = { id: ["Pesan baru dari Teduh", "Buka Teduh untuk membacanya."], en: ["A new message from Teduh", "Open Teduh to read it."] };
const read = (data) => {
  try {
    return data ? data.json() : {};
  } catch {
    return {};
  }
};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => {
  const said = read(event.data);
  const [title, body] = OPEN[said.lang === "en" ? "en" : "id"];
  const known = Number.isInteger(said.id);
  event.waitUntil(self.registration.showNotification(said.title || title, {
    body: said.body || body,
    lang: said.lang || "id",
    tag: known ? `message-${said.id}` : "message",
    data: { page: known ? `${said.id}/` : "./" },
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data.page, self.registration.scope).href;
  event.waitUntil(self.clients.openWindow(page));
});

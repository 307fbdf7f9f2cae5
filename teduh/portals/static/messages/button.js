// The button that asks this browser to tell: shown only where it can, pressed only by the person.
"use strict";
(() => {
  const box = document.querySelector("[data-push]");
  if (!box || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  const button = box.querySelector("button"), says = box.querySelector("[role=status]");
  const say = (name) => { says.textContent = box.dataset[name] || name; };
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

  const device = () => {
    const agent = navigator.userAgent, pick = (names) => names.find(([mark]) => agent.includes(mark))?.[1] || "";
    const browser = pick([["Edg", "Edge"], ["SamsungBrowser", "Samsung Internet"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]]);
    const system = pick([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac", "Mac"], ["Linux", "Linux"]]);
    return [browser, system].filter(Boolean).join(" · ");
  };

  const active = async (registration) => {
    if (registration.active) return registration;
    const coming = registration.installing || registration.waiting;
    await new Promise((done) => coming.addEventListener("statechange", () => coming.state === "activated" && done()));
    return registration;
  };

  const subscribe = async () => {
    const registration = await active(await navigator.serviceWorker.register(box.dataset.push));
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) };
    try {
      return await registration.pushManager.subscribe(wanted);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await (await registration.pushManager.getSubscription())?.unsubscribe();
      return registration.pushManager.subscribe(wanted);
    }
  };

  const keep = async (subscription) => {
    const answer = await fetch(box.dataset.to, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify({ ...subscription.toJSON(), device: device() }),
    });
    if (answer.ok) return;
    const refused = await answer.json().catch(() => null);
    throw new Error(refused ? `${refused.what[document.documentElement.lang]} ${refused.next[document.documentElement.lang]}` : "");
  };

  const shown = async () => {
    const registration = await navigator.serviceWorker.getRegistration(new URL(box.dataset.push, location.href).href);
    const has = Notification.permission === "granted" && (await registration?.pushManager.getSubscription());
    if (has && box.dataset.told === "yes") return;
    box.hidden = false;
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    say("busy");
    try {
      if ((await Notification.requestPermission()) !== "granted") return say("denied");
      await keep(await subscribe());
      button.hidden = true;
      say("done");
    } catch (error) {
      say(error.name === "Error" && error.message ? error.message : "failed");
    } finally {
      button.disabled = false;
    }
  });
  shown().catch(() => { box.hidden = false; });
})();

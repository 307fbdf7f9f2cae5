// Small helps for pages that work without them: region lists, progress of a file, copying, sharing, sending once.
"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  const regions = (box) => {
    const more = box.querySelector("[data-region-more]");
    if (more) more.hidden = true;
    box.addEventListener("change", async (event) => {
      if (event.target.tagName !== "SELECT") return;
      const asked = new URLSearchParams({ name: box.dataset.region });
      all("select", box).forEach((list) => asked.set(list.name, list.value));
      try {
        const answer = await fetch(`/wilayah/?${asked}`, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.status);
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-region]");
        const here = event.target.id;
        box.replaceWith(fresh);
        regions(fresh);
        document.getElementById(here)?.focus();
      } catch {
        if (more) more.hidden = false;
      }
    });
  };
  all("[data-region]").forEach(regions);

  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    });
  });

  all("[data-share]").forEach((button) => {
    if (!navigator.share) return;
    button.hidden = false;
    button.addEventListener("click", () => navigator.share({ text: button.dataset.share }).catch(() => {}));
  });

  all("[data-progress]").forEach((box) => {
    const ask = async () => {
      try {
        const answer = await fetch(box.dataset.progress, { headers: { Accept: "text/html" } });
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress], [data-finished]");
          if (fresh?.hasAttribute("data-finished")) return window.location.assign(fresh.dataset.finished);
          if (fresh) box.innerHTML = fresh.innerHTML;
        }
      } catch { /* the next question may be answered */ }
      setTimeout(ask, 1000);
    };
    setTimeout(ask, 700);
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => all("button", form).forEach((button) => button.setAttribute("aria-disabled", "true")), 0);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("button", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  document.querySelector(".summary")?.focus();
})();

// A form on a connection that comes and goes: what was typed stays in this tab until it has been sent. Never passwords.
"use strict";
(() => {
  const NEVER = ["hidden", "password", "file"];
  const name = (form) => `keep:${location.pathname}:${form.dataset.keep}`;
  const fields = (form) => Array.from(form.elements).filter((one) => one.name && !NEVER.includes(one.type));

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const notice = document.querySelector("[data-offline]");
    const kept = sessionStorage.getItem(name(form));
    const is_marked = form.querySelector(".field--wrong, .summary");
    if (kept && !is_marked) {
      const told = JSON.parse(kept);
      fields(form).forEach((one) => {
        if (!(one.name in told)) return;
        if (one.type === "radio" || one.type === "checkbox") one.checked = told[one.name].includes(one.value);
        else if (!one.value) one.value = told[one.name][0] || "";
      });
    }
    form.addEventListener("input", () => {
      const told = {};
      fields(form).forEach((one) => {
        told[one.name] = told[one.name] || [];
        if ((one.type !== "radio" && one.type !== "checkbox") || one.checked) told[one.name].push(one.value);
      });
      sessionStorage.setItem(name(form), JSON.stringify(told));
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return sessionStorage.setItem("keep:sent", name(form));
      event.preventDefault();
      event.stopImmediatePropagation();
      if (notice) {
        notice.hidden = false;
        notice.scrollIntoView();
      }
    }, true);
    window.addEventListener("online", () => { if (notice) notice.hidden = true; });
  });

  const sent = sessionStorage.getItem("keep:sent");
  if (sent && !sent.startsWith(`keep:${location.pathname}:`)) {
    sessionStorage.removeItem(sent);
    sessionStorage.removeItem("keep:sent");
  }
})();

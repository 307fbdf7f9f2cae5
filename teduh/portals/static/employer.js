// Helps for a firm's pages that work without them: dropping a file, saying that a check takes seconds, typing a return.
"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  all("[data-drop]").forEach((place) => {
    const input = place.querySelector("input[type=file]");
    const over = (is) => place.classList.toggle("is-over", is);
    ["dragenter", "dragover"].forEach((name) => place.addEventListener(name, (event) => { event.preventDefault(); over(true); }));
    ["dragleave", "drop"].forEach((name) => place.addEventListener(name, () => over(false)));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
    });
  });

  all("[data-upload]").forEach((form) => {
    const busy = form.querySelector("[data-busy]");
    form.addEventListener("submit", () => { if (form.querySelector("input[type=file]").files.length) busy.hidden = false; });
    window.addEventListener("pageshow", () => { busy.hidden = true; });
  });

  const amount = (text) => {
    const digits = text.replace(/[.,]\d{0,2}$/, "").replace(/\D/g, "");
    return digits ? Number(digits) : 0;
  };
  const rupiah = (number) => `Rp${String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ".")}`;

  all("[data-typed]").forEach((form) => {
    const rows = form.querySelector("[data-rows]");
    const total = form.querySelector("[name$=TOTAL_FORMS]");
    const running = form.querySelector("[data-running]");
    const sum = () => {
      let people = 0;
      let wages = 0;
      all("[data-row]", rows).forEach((row) => {
        const pay = amount(row.querySelector("[name$=-pay]").value);
        const fixed = amount(row.querySelector("[name$=-allowances]").value);
        if (pay + fixed > 0) people += 1;
        wages += pay + fixed;
      });
      running.querySelector("[data-people]").textContent = String(people);
      running.querySelector("[data-sum]").textContent = rupiah(wages);
    };
    form.querySelector("[data-add]").addEventListener("click", (event) => {
      const last = all("[data-row]", rows).at(-1);
      const number = Number(total.value);
      if (!last || last.querySelector("[name$=-member_number]").value || number >= Number(form.dataset.most)) return;
      event.preventDefault();
      const fresh = last.cloneNode(true);
      const from = new RegExp(`w-${number - 1}-`, "g");
      all("[id], [name], [for], [aria-describedby]", fresh).forEach((one) => {
        ["id", "name", "for", "aria-describedby"].forEach((which) => {
          if (one.hasAttribute(which)) one.setAttribute(which, one.getAttribute(which).replace(from, `w-${number}-`));
        });
      });
      all("input", fresh).forEach((input) => { input.value = ""; input.removeAttribute("aria-invalid"); });
      all(".wrong", fresh).forEach((wrong) => wrong.remove());
      all(".field--wrong", fresh).forEach((field) => field.classList.remove("field--wrong"));
      rows.append(fresh);
      total.value = String(number + 1);
      fresh.querySelector("[name$=-nik]").focus();
    });
    rows.addEventListener("input", sum);
    running.hidden = false;
    sum();
  });
})();

// A help of the desk's pages that work without it: how many people are ticked.
"use strict";
(() => {
  document.querySelectorAll("[data-people]").forEach((form) => {
    const told = form.querySelector("[data-ticked]");
    if (!told) return;
    const count = () => {
      const ticked = form.querySelectorAll("input[name=placement]:checked").length;
      told.textContent = ticked ? ` (${ticked})` : "";
    };
    form.addEventListener("change", count);
    count();
  });
})();

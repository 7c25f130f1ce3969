// Nobody there? `<dialog data-idle="20" data-warn="20">` opens after so many idle seconds, counts down, and then submits
// its form. Any touch of the extend button, any key and any scan begins anew.
(() => {
  let since = performance.now();
  let asked = 0;

  const dialog = () => document.querySelector("dialog[data-idle]");

  function awake() {
    since = performance.now();
    asked = 0;
    const open = dialog();
    if (open?.open) open.close();
  }

  function tick() {
    const warning = dialog();
    if (!warning || warning.dataset.done) return;
    const now = performance.now();
    if (!warning.open) {
      if (now - since < Number(warning.dataset.idle) * 1000) return;
      asked = now;
      warning.showModal();
    }
    const left = Math.ceil(Number(warning.dataset.warn) - (now - asked) / 1000);
    const count = warning.querySelector("[data-idle-count]");
    if (count && count.textContent !== String(Math.max(left, 0))) count.textContent = String(Math.max(left, 0));
    if (left > 0) return;
    warning.dataset.done = "yes";
    warning.querySelector("form")?.requestSubmit();
  }

  document.addEventListener("pointerdown", () => dialog()?.open || awake(), true);
  document.addEventListener("keydown", awake, true);
  document.addEventListener("vestibule:scan", awake);
  document.addEventListener("htmx:after:swap", awake);
  document.addEventListener("click", (event) => event.target.closest("[data-idle-extend]") && awake());
  setInterval(tick, 250);
})();

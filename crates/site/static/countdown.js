// Nobody there? `<dialog data-idle="20" data-warn="20">` opens, counts down and submits its form; keys and scans begin anew.
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
      asked ||= now; // an update may have replaced the dialog while it counted
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
  // These keys work the buttons of the question; any other key answers it.
  const WORKING = ["Tab", "Shift", "Enter", " "];
  document.addEventListener("keydown", (event) => (dialog()?.open && WORKING.includes(event.key)) || awake(), true);
  document.addEventListener("vestibule:scan", awake);
  // A new question is news; an update of the same screen is nobody being there.
  let headline = "";
  document.addEventListener("htmx:after:swap", () => {
    const now = document.querySelector("#screen h1")?.textContent ?? "";
    if (now !== headline) awake();
    headline = now;
  });
  document.addEventListener("click", (event) => event.target.closest("[data-idle-extend]") && awake());
  setInterval(tick, 250);
})();

// Who stays and who has gone: visits are kept, typed codes wiped, goodbyes pass, an open door speaks up.
(() => {
  const KEEP_MS = 20000; // well within the half minute after which a visit ends
  const REPEAT_MS = 15000;
  let touched = performance.now();
  let contact = touched;
  let shown = touched; // since when the face is on the screen
  let face = "";
  let result; // what passes, in a screen that stays
  const spoken = new Map();
  const one = (selector) => document.querySelector(selector);

  function wipe() {
    const field = one("[data-wipes]");
    if (!field || performance.now() - touched < Number(field.dataset.wipes) * 1000) return;
    for (const input of field.querySelectorAll("input[data-keypad-input]")) {
      if (!input.value) continue;
      input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function beat() {
    const now = performance.now();
    wipe();
    if (one("#keeps") && now - contact > KEEP_MS) {
      contact = now;
      one("#keeps").requestSubmit();
    }
    const passing = one("[data-after]");
    if (passing?.dataset.of !== result) [result, shown] = [passing?.dataset.of, now];
    if (passing && now - Math.max(shown, touched) > Number(passing.dataset.after) * 1000) {
      touched = now;
      passing.querySelector("form").requestSubmit();
    }
    for (const alarm of document.querySelectorAll("[data-alarm][data-say]")) speak(alarm.dataset.say, now);
  }

  function speak(words, now) {
    if (now - (spoken.get(words) ?? -Infinity) < REPEAT_MS) return;
    spoken.set(words, now);
    document.dispatchEvent(new CustomEvent("vestibule:scan"));
    if (!window.speechSynthesis) return;
    const voice = new SpeechSynthesisUtterance(words);
    voice.lang = document.documentElement.lang;
    speechSynthesis.speak(voice);
  }

  function follow() {
    const screen = one("#screen > .face");
    if (!screen) return;
    if (document.body.dataset.look !== screen.dataset.look) {
      if (document.body.dataset.look) return location.reload();
      document.body.dataset.look = screen.dataset.look;
    }
    if (screen.id !== face) {
      face = screen.id;
      shown = performance.now();
      one("#screen").scrollTop = 0;
    }
    if (document.activeElement && document.activeElement !== document.body) return;
    (one("#screen [autofocus]") ?? one("#screen")).focus({ preventScroll: true });
  }

  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { touched = performance.now(); }, true);
  document.addEventListener("htmx:before:request", () => { contact = performance.now(); });
  document.addEventListener("htmx:after:swap", follow);
  document.addEventListener("DOMContentLoaded", follow);
  setInterval(beat, 500);
})();

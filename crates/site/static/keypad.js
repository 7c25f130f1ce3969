// Keys on the glass and on a keyboard fill the same fields, every `data-keypad-input` of a form; Enter goes to the next empty one.
(() => {
  const fields = () => [...document.querySelectorAll("[data-keypad-input]")].filter((field) => field.offsetParent);

  function current() {
    const focused = document.activeElement;
    if (focused?.matches("[data-keypad-input]")) return focused;
    const all = fields();
    return all.find((field) => field.dataset.active) ?? all.find((field) => !field.value) ?? all.at(-1);
  }

  function choose(field) {
    for (const other of fields()) delete other.dataset.active;
    if (!field) return;
    field.dataset.active = "yes";
    field.focus({ preventScroll: true });
  }

  function draw(field) {
    const face = field.parentElement.querySelector(".digits-face");
    if (!face) return;
    const group = Number(face.dataset.group);
    const places = Math.max(Number(face.dataset.places), field.value.length);
    face.replaceChildren(...Array.from({ length: places }, (_, n) => {
      const place = document.createElement("span");
      place.className = "place" + (n < field.value.length ? " filled" : "") + (group && n && n % group === 0 ? " gap" : "");
      place.textContent = n < field.value.length ? (field.type === "password" ? "•" : field.value[n]) : "";
      return place;
    }));
  }

  function press(key) {
    const field = current();
    if (!field) return;
    if (key === "backspace" || key === "Backspace") field.value = field.value.slice(0, -1);
    else if (key === "clear" || key === "Delete" || key === "Escape") field.value = "";
    else if (key === "Enter") return enter(field);
    else if (field.value.length < field.maxLength) field.value += key.toUpperCase();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function enter(field) {
    const all = fields().filter((other) => other.form === field.form);
    const next = all.slice(all.indexOf(field) + 1).find((other) => !other.value);
    if (next) choose(next);
    else if (field.form.reportValidity()) field.form.requestSubmit();
  }

  function flash(key) {
    const button = document.querySelector(`[data-keypad] [data-key="${CSS.escape(key)}"]`);
    button?.classList.add("pressed");
    setTimeout(() => button?.classList.remove("pressed"), 120);
  }

  // A touch must not take the focus off the field.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[data-keypad] [data-key]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-keypad] [data-key]");
    if (key) return press(key.dataset.key);
    const enterKey = event.target.closest("[data-keypad] .key-enter");
    const field = enterKey && current();
    if (field && field.form === enterKey.form && fields().some((other) => other.form === field.form && other !== field && !other.value)) {
      event.preventDefault();
      enter(field);
    }
  });
  document.addEventListener("vestibule:key", (event) => {
    const { key, event: native } = event.detail;
    if (key === "Enter" && native?.target.matches("button, a")) return;
    if (key === "Enter") native?.preventDefault();
    flash(key.toUpperCase());
    press(key);
  });
  document.addEventListener("input", (event) => event.target.matches("[data-keypad-input]") && draw(event.target));
  document.addEventListener("focusin", (event) => event.target.matches("[data-keypad-input]") && choose(event.target));

  const begin = () => {
    fields().forEach(draw);
    if (fields().length && !document.querySelector("dialog[open]")) choose(fields().find((field) => !field.value) ?? fields()[0]);
  };
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:after:swap", begin);
})();

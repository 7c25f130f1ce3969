// A scanner types like a person, only faster, and ends with Enter or Tab. Scans keep control characters, lose echoes, and go to the
// form marked `data-scan-target`, or the field `data-scan-label` names. Without one a scanner is a keyboard.
(() => {
  const BURST_MS = 35; // mean time between two keys of a scanner; nobody types at that rate for long
  const HOLD_MS = 45; // a key is held this long to see whether a burst follows; too short to be felt
  const NO_SUFFIX_MS = 150; // a scanner set up without Enter: this long a silence ends the scan
  const LEAST = 4; // shorter bursts are two fingers
  const MOST = 2048;
  const ECHO_MS = 1500;
  const OURS = /^V(?:[CEKLPR][0-9A-Z]{29}|S[0-9A-Z]{10})$/i; // codes and the labels of shelves
  const CONTROL = { "]": "\u001d", "\\": "\u001c", "^": "\u001e", "6": "\u001e", "_": "\u001f", "-": "\u001f" };

  let keys = []; // characters of the burst under way
  let first = 0;
  let last = 0;
  let timer = 0;
  let before = null; // what stood in the focused field before the burst began
  let previous = { text: "", at: -Infinity };
  const waiting = [];
  let touches = 0; // a scan is one

  const editable = (el) => el && el.matches("input, textarea, select, [contenteditable]") && !el.matches("[data-keypad-input]");
  const target = () => document.querySelector("[data-scan-target]");
  const isBurst = () => target() && keys.length >= LEAST && (last - first) / (keys.length - 1) < BURST_MS;

  function character(event) {
    if (event.key === "Dead" || event.key === "Unidentified") return "\ufffd"; // a foreign layout: let the damage be seen
    if (event.ctrlKey && !event.altKey && !event.metaKey) return CONTROL[event.key] ?? null;
    if (event.metaKey || (event.altKey && !event.getModifierState("AltGraph"))) return null;
    return event.key.length === 1 ? event.key : null;
  }

  function begin(now) {
    keys = [];
    first = now;
    const field = document.activeElement;
    before = editable(field) && "value" in field ? { field, value: field.value } : null;
  }

  function settle() {
    if (isBurst() && keys.length >= 2 * LEAST) return finish();
    const typed = keys;
    keys = [];
    if (!before) typed.forEach((key) => emit("vestibule:key", { key }));
  }

  function finish() {
    const text = keys.join("");
    keys = [];
    if (before) before.field.value = before.value;
    if (text.length > MOST) return;
    const now = performance.now();
    if (text === previous.text && now - previous.at < ECHO_MS) {
      previous.at = now;
      return;
    }
    previous = { text, at: now };
    emit("vestibule:scan", { length: text.length });
    touches -= text.length;
    if (isLabel(text)) return;
    waiting.push(text);
    send();
  }

  function isLabel(text) {
    const part = document.querySelector("[data-scan-label]");
    if (!part || OURS.test(text)) return false;
    const field = document.getElementById(part.dataset.scanLabel);
    field.value = text;
    const fields = [...field.form.querySelectorAll("input:not([type=hidden]), select, button")];
    fields[fields.indexOf(field) + 1]?.focus();
    return true;
  }

  function send() {
    const form = target();
    if (!form) waiting.length = 0;
    if (!form || form.dataset.busy || !waiting.length) return;
    form.elements.namedItem("scan").value = waiting.shift();
    if (form.hasAttribute("hx-post")) form.dataset.busy = "yes";
    form.requestSubmit();
  }

  function emit(name, detail) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat) return;
    touches += 1;
    const now = event.timeStamp;
    if (event.key === "Enter" || event.key === "Tab") {
      clearTimeout(timer);
      if (isBurst() && now - last < NO_SUFFIX_MS) {
        event.preventDefault();
        event.stopImmediatePropagation();
        finish();
        return;
      }
      settle();
      if (event.key === "Enter" && !editable(event.target)) emit("vestibule:key", { key: "Enter", event });
      return;
    }
    if (event.key === "Backspace" || event.key === "Delete" || event.key === "Escape") {
      if (!editable(event.target)) emit("vestibule:key", { key: event.key });
      return;
    }
    const key = character(event);
    if (key === null) return;
    if (!keys.length || now - last > NO_SUFFIX_MS) begin(now);
    if (!before && !(event.target.matches("button, a, summary") && key === " " && keys.length === 0)) event.preventDefault();
    if (keys.length <= MOST) keys.push(key);
    last = now;
    clearTimeout(timer);
    timer = setTimeout(settle, isBurst() ? NO_SUFFIX_MS : HOLD_MS);
  }, true);

  document.addEventListener("pointerdown", () => touches += 1, true);
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target.method === "get" || target.id === "keeps") return;
    formData.set("touches", touches);
    setTimeout(() => touches = 0);
  });

  const free = (event) => {
    const form = target();
    if (form) delete form.dataset.busy;
    send();
  };
  document.addEventListener("htmx:finally:request", free);
  document.addEventListener("htmx:after:swap", free);
})();

// Reads labels and codes by camera where a page has `[data-camera]`: asked for by `[data-camera-key]`, or by itself on a kiosk set
// to (`data-auto` on the script). Frames go to a worker; what one holds, and the next at every tilt, is one scan. `data-only`: codes
// alone; `data-wait`: loaded before its key was pressed. Nothing of a picture leaves the page. Without a camera it says what else to do.
(() => {
  const EVERY_MS = 120;
  const GONE = 16; // frames without it, and the same symbol is shown anew
  const OURS = /^\S+ \S+ 56[0-9a-f]{60}$/; // a code of ours: V and thirty letters and digits
  const ALL_TILTS = [0, 6, -6, 12, -12];
  const TILTS = [0, 6, 0, -6, 0, 12, 0, -12]; // PDF417 is read within three degrees
  const PHOTO_TILTS = [0, 6, -6, 12, -12, 45, 90];
  const PHOTO_BYTES = 32 << 20;
  const DEADLINE_MS = 20000; // the reader is a megabyte, and machines at walls are slow
  const body = document.body;
  const here = document.currentScript;
  const auto = "auto" in here.dataset;
  const asset = (name) => new URL(name, here.src).href;
  const one = (selector) => document.querySelector(selector);

  let worker = null;
  let stream = null;
  let video = null;
  let word = "";
  let barred = false; // asked once and not allowed: a kiosk set to have a camera does not ask again by itself
  let turn = 0;
  let next = 0; // the timer of the next look; none outlives its camera
  let gathered = new Set(); // read in the frame before, to be completed by one at every tilt
  const sent = new Map(); // what was posted, and for how many frames it has not been seen since

  const set = (state) => { body.dataset.cameraIs = state; };

  function say(key) {
    word = key;
    draw();
  }

  // The screen may have been swapped: what is on goes on in the new one.
  function draw() {
    const panel = one("[data-camera]");
    if (!panel) {
      if (stream && !one("[data-camera-stays]")) stop();
      return;
    }
    const text = panel.querySelector("[data-camera-word]");
    const words = word ? panel.dataset[word] ?? "" : "";
    if (text.textContent !== words) text.textContent = words;
    const hidden = !words && body.dataset.cameraIs === "off";
    if (panel.hidden !== hidden) panel.hidden = hidden;
    const view = panel.querySelector("[data-camera-view]");
    if (video && video.parentElement !== view) view.replaceChildren(video);
    if (video?.paused) video.play().catch(() => {});
    if (auto && !stream && !barred && body.dataset.cameraIs === "off") start();
  }

  async function start() {
    if (body.dataset.cameraIs !== "off") return;
    set("starting");
    say("");
    if (!navigator.mediaDevices?.getUserMedia) return failed("insecure");
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch (error) {
      const missing = ["NotFoundError", "OverconstrainedError"].includes(error.name);
      return failed(error.name === "NotAllowedError" ? "refused" : missing ? "missing" : "broken");
    }
    stream.getVideoTracks()[0].addEventListener("ended", () => failed("broken"));
    video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
    video.setAttribute("aria-hidden", "true");
    set("on");
    draw();
    look();
  }

  function stop() {
    clearTimeout(next);
    stream?.getTracks().forEach((track) => track.stop());
    video?.remove();
    [stream, video] = [null, null];
    gathered = new Set();
    sent.clear();
    set("off");
  }

  function failed(key) {
    barred = true;
    stop();
    say(key);
  }

  // One picture at a time; no answer within the deadline is a reader that could not be loaded.
  function read(picture, tilts, every = false) {
    worker ??= new Worker(asset("reader.js"));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("late")), DEADLINE_MS);
      worker.onmessage = ({ data }) => {
        clearTimeout(late);
        if (data.error) reject(new Error(data.error));
        else resolve(data.lines);
      };
      worker.onerror = () => reject(new Error("worker"));
      worker.postMessage({ picture, tilts, every }, [picture]);
    });
  }

  async function look() {
    const [looked, mine] = [performance.now(), video];
    if (!mine) return;
    const open = one("[data-camera]") && !one("dialog[open]") && !one("[data-camera-target]")?.dataset.busy;
    if (open && mine.readyState >= 2) {
      try {
        const again = gathered.size > 0;
        const lines = await read(await createImageBitmap(mine), again ? ALL_TILTS : [TILTS[turn++ % TILTS.length]], again);
        if (mine === video) gather(lines);
      } catch {
        if (mine === video) failed("broken");
      }
    }
    if (video && mine === video) next = setTimeout(look, Math.max(20, EVERY_MS - (performance.now() - looked)));
  }

  function gather(lines) {
    for (const [line, unseen] of sent) {
      if (lines.includes(line)) sent.set(line, 0);
      else if (unseen + 1 > GONE) sent.delete(line);
      else sent.set(line, unseen + 1);
    }
    const again = gathered.size > 0;
    const only = one("[data-camera]")?.hasAttribute("data-only");
    for (const line of lines) if (!sent.has(line) && (!only || OURS.test(line))) gathered.add(line);
    const whole = [...gathered].some((line) => line.startsWith("PDF417 ") || OURS.test(line));
    if (!gathered.size || !(again || whole)) return;
    post([...gathered]);
    gathered.forEach((line) => sent.set(line, 0));
    gathered = new Set();
  }

  function post(lines) {
    const form = one("[data-camera-target]");
    if (!form) return;
    document.dispatchEvent(new CustomEvent("vestibule:scan", { detail: { length: lines.length } }));
    say("");
    form.elements.namedItem("symbols").value = lines.join("\n");
    if (form.hasAttribute("hx-post")) form.dataset.busy = "yes";
    form.requestSubmit();
  }

  // A photo is posted to the site where the site reads photos, and read here where it does not.
  async function photo(input) {
    const [file] = input.files;
    if (!file) return;
    if (file.size > PHOTO_BYTES) return say("large");
    if (input.dataset.cameraPhoto === "site") return input.form.requestSubmit();
    say("reading");
    try {
      const lines = await read(await createImageBitmap(file), PHOTO_TILTS);
      if (lines.length) post(lines);
      else say("nothing");
    } catch (error) {
      say(error.name === "InvalidStateError" ? "unreadable" : "broken");
    }
    input.value = "";
  }

  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: asset("camera.css") }));
  set("off");
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-camera-key]")) start();
    if (target.closest("[data-camera-stop]")) {
      barred = true;
      stop();
      draw();
    }
  });
  document.addEventListener("change", ({ target }) => target.matches("[data-camera-photo]") && photo(target));
  document.addEventListener("htmx:finally:request", () => { delete one("[data-camera-target]")?.dataset.busy; });
  new MutationObserver(draw).observe(body, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
  window.addEventListener("pagehide", stop);
  if (auto) draw();
  else if (!("wait" in here.dataset)) start();
})();

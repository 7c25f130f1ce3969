// Takes the picture of who rings, where no camera sees the door: the camera looks while the screen asks to whom one comes, what it
// sees is shown beside the keys, and one picture goes with the ring and nowhere else. Without a camera, or without leave, it says so
// and ringing goes on.
(() => {
  const WIDE = 640;
  const here = document.currentScript;
  const panel = document.querySelector("[data-caller]");
  const field = panel?.querySelector("[name=picture]");
  const word = panel?.querySelector("[data-caller-word]");
  let stream = null;
  let video = null;

  const say = (key) => { word.textContent = panel.dataset[key] ?? ""; };

  async function start() {
    if (!navigator.mediaDevices?.getUserMedia) return say("off");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } }, audio: false });
    } catch (error) {
      return say(["NotFoundError", "OverconstrainedError"].includes(error.name) ? "missing" : "off");
    }
    video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true, width: 128, height: 96 });
    video.setAttribute("aria-hidden", "true");
    panel.prepend(video);
    panel.dataset.on = "yes";
    video.play().catch(() => say("off"));
  }

  function take() {
    if (!video || video.readyState < 2) return;
    const canvas = document.createElement("canvas");
    canvas.width = Math.min(WIDE, video.videoWidth);
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    field.value = canvas.toDataURL("image/jpeg", 0.8).split(",")[1] ?? "";
  }

  if (!panel || !here) return;
  field.form.addEventListener("submit", take);
  window.addEventListener("pagehide", () => stream?.getTracks().forEach((track) => track.stop()));
  start();
})();

// Takes the picture of what is carried away from a shelf, where no camera sees the shelves: the screen's own camera is on while a
// form on the screen has a field for a picture, and one picture goes with each press or scan. Without a camera, or without leave,
// all goes on without one.
(() => {
  const WIDE = 640;
  const wanted = () => document.querySelector("#screen form [name=picture]");
  let asked = false;
  let stream = null;
  let video = null;

  const end = (of) => of?.getTracks().forEach((track) => track.stop());

  function stop() {
    end(stream);
    stream = video = null;
    asked = false;
  }

  async function look() {
    if (!wanted()) return stop();
    if (asked || !navigator.mediaDevices?.getUserMedia) return;
    asked = true;
    let found = null;
    try {
      found = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } }, audio: false });
    } catch {
      return;
    }
    if (stream || !wanted()) return end(found);
    stream = found;
    video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
    video.play().catch(() => {});
  }

  function take(event) {
    const field = event.target.querySelector?.("[name=picture]");
    if (!field || !video || video.readyState < 2) return;
    const canvas = document.createElement("canvas");
    canvas.width = Math.min(WIDE, video.videoWidth);
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    field.value = canvas.toDataURL("image/jpeg", 0.8).split(",")[1] ?? "";
  }

  document.addEventListener("submit", take, true);
  new MutationObserver(look).observe(document.querySelector("#screen") ?? document.body, { childList: true, subtree: true });
  window.addEventListener("pagehide", stop);
  look();
})();

// Takes the picture of what is put on a shelf or carried away, where no camera sees that: the screen's own camera is on while a form
// has a field for a picture. Without camera or leave all goes on without, and words that promised one say so.
(() => {
  const WIDE = 640;
  const wanted = () => document.querySelector("#screen form [name=picture]");
  let asked = false;
  let blind = false;
  let stream = null;
  let video = null;

  const end = (of) => of?.getTracks().forEach((track) => track.stop());
  function stop() {
    end(stream);
    stream = video = null;
    asked = blind = false;
  }

  function unsay() {
    for (const words of document.querySelectorAll("#screen [data-no-camera]")) {
      if (words.textContent !== words.dataset.noCamera) words.textContent = words.dataset.noCamera;
    }
  }

  async function look() {
    if (!wanted()) return stop();
    blind ||= !navigator.mediaDevices?.getUserMedia;
    if (blind) return unsay();
    if (asked) return;
    asked = true;
    let found = null;
    try {
      found = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } }, audio: false });
    } catch {
      blind = true;
      return look();
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
  new MutationObserver(look).observe(document.querySelector("#screen") ?? document.body, { childList: true, characterData: true, subtree: true });
  window.addEventListener("pagehide", stop);
  look();
})();

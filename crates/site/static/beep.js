// A short tone answers a scan, where the kiosk is set to (`<body data-beep="on">`).
(() => {
  let audio = null;
  document.addEventListener("vestibule:scan", () => {
    if (document.body.dataset.beep !== "on") return;
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const now = audio.currentTime;
    tone.frequency.value = 1760;
    volume.gain.setValueAtTime(0.12, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.11);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 0.12);
  });
})();

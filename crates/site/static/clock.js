// Keeps `<p data-clock="America/New_York" data-now="1790000000000">` at site time: the device only counts on from `data-now`.
(() => {
  const show = () => {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      clock.ahead ??= clock.dataset.now ? clock.dataset.now - Date.now() : 0;
      const text = new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock || undefined,
      }).format(Date.now() + clock.ahead);
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  document.addEventListener("DOMContentLoaded", show);
  setInterval(show, 1000);
})();

// Keeps `<p data-clock="America/New_York">` at the site's time, in the page's language.
(() => {
  const show = () => {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const text = new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock || undefined,
      }).format(new Date());
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  document.addEventListener("DOMContentLoaded", show);
  setInterval(show, 1000);
})();

// Keeps `<p data-clock="America/New_York" data-now="1790000000000">` at the site's time, in the page's language. The clock of the
// device may be wrong: only what it has counted since the page came is taken from it.
(() => {
  const ahead = new WeakMap();
  const now = (clock) => {
    if (!ahead.has(clock)) ahead.set(clock, clock.dataset.now ? Number(clock.dataset.now) - Date.now() : 0);
    return new Date(Date.now() + ahead.get(clock));
  };
  const show = () => {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const text = new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock || undefined,
      }).format(now(clock));
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  document.addEventListener("DOMContentLoaded", show);
  setInterval(show, 1000);
})();

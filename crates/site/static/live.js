// Says so when the event stream is down: the page below it may be old.
(() => {
  const state = (word) => { document.body.dataset.live = word; };
  document.addEventListener("htmx:sse:error", () => state("lost"));
  document.addEventListener("htmx:sse:after:connection", () => state("on"));
  window.addEventListener("offline", () => state("lost"));
})();

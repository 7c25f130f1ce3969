// Says when the event stream is down. Of an answer to a press and the stream, the older screen is dropped by its number.
(() => {
  const state = (word) => { document.body.dataset.live = word; };
  document.addEventListener("htmx:sse:error", () => state("lost"));
  document.addEventListener("htmx:sse:after:connection", () => state("on"));
  let [process, shown] = ["", 0];
  const older = (text) => {
    const drawn = /data-drawn="(\w+)-(\d+)"/.exec(text ?? "");
    if (!drawn || (drawn[1] === process && Number(drawn[2]) < shown)) return Boolean(drawn);
    [process, shown] = [drawn[1], Number(drawn[2])];
    return false;
  };
  const drop = (text) => (event) => { if (older(text(event.detail))) event.preventDefault(); };
  document.addEventListener("htmx:sse:before:message", drop((detail) => detail.message.data));
  document.addEventListener("htmx:after:request", drop((detail) => detail.ctx.text));
  window.addEventListener("offline", () => state("lost"));
})();

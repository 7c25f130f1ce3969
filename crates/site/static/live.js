// Says so when the event stream is down: the page below it may be old. Drops the answer to a press that the stream has
// overtaken: both carry the number of the press they know of.
(() => {
  const state = (word) => { document.body.dataset.live = word; };
  document.addEventListener("htmx:sse:error", () => state("lost"));
  document.addEventListener("htmx:sse:after:connection", () => state("on"));
  let streamed = 0;
  const turn = (text) => Number(/data-turn="(\d+)"/.exec(text ?? "")?.[1] ?? 0);
  document.addEventListener("htmx:sse:before:connection", () => { streamed = 0; });
  document.addEventListener("htmx:sse:before:message", (event) => { streamed = turn(event.detail.message.data); });
  document.addEventListener("htmx:after:request", (event) => {
    const answered = turn(event.detail.ctx.text);
    if (answered && answered <= streamed) event.preventDefault();
  });
  window.addEventListener("offline", () => state("lost"));
})();

// What reads by camera comes when it is asked for.
{
  const { nonce } = document.currentScript;
  addEventListener("click", ({ target }) => {
    const src = target.closest("[data-camera-key]")?.dataset.cameraKey;
    if (src && !document.body.dataset.cameraIs) document.head.append(Object.assign(document.createElement("script"), { src, nonce }));
  });
}

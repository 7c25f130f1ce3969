// Makes the picture of who rings small before it goes out: a phone takes many megabytes, and at a door the line is often poor. What
// cannot be made smaller goes as it is, and the site says what it takes.
(() => {
  const WIDE = 1280;

  async function shrink(field) {
    const [file] = field.files;
    if (!file) return;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, WIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const small = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.8));
      if (!small || field.files[0] !== file) return;
      const files = new DataTransfer();
      files.items.add(new File([small], "picture.jpg", { type: "image/jpeg" }));
      field.files = files.files;
    } catch {
      // The picture goes as it was taken.
    }
  }

  document.querySelector("[data-phone-picture]")?.addEventListener("change", (event) => shrink(event.target));
})();

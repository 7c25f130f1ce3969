// Reads the symbols of one picture at a time, away from the page that shows it: `{ picture, tilts, every }` comes in, `{ lines }` or
// `{ error }` goes out, a line a symbol: format, AIM identifier or `-`, bytes in hexadecimal. A picture is tried at each tilt
// in degrees until something was read, or at every one, and is forgotten with its answer.
importScripts("vendor/zxing-reader.js");

const AREA_MOST = 4e6; // pixels; labels fill a photo, and their finest lines are several pixels wide in larger ones
const OPTIONS = {
  formats: ["Code128", "PDF417", "QRCode", "DataMatrix", "MaxiCode", "Aztec", "ITF", "Code39", "Codabar"],
  tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true, textMode: "Plain", maxNumberOfSymbols: 24,
};

ZXingWASM.prepareZXingModule({
  overrides: { locateFile: () => new URL("vendor/zxing-reader.wasm", self.location).href },
});

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const line = (symbol) => `${symbol.format} ${symbol.symbologyIdentifier || "-"} ${hex(symbol.bytes)}`;

/** Pixels of the picture, turned, on white. */
function turned(picture, tilt) {
  const scale = Math.min(1, Math.sqrt(AREA_MOST / (picture.width * picture.height)));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = "white";
  canvas.fillRect(0, 0, width, height);
  canvas.translate(width / 2, height / 2);
  canvas.rotate((tilt * Math.PI) / 180);
  canvas.drawImage(picture, -width / 2, -height / 2, width, height);
  return canvas.getImageData(0, 0, width, height);
}

self.onmessage = async ({ data: { picture, tilts, every } }) => {
  try {
    const lines = new Set();
    for (const tilt of tilts) {
      const found = await ZXingWASM.readBarcodes(turned(picture, tilt), OPTIONS);
      found.filter((symbol) => symbol.isValid).forEach((symbol) => lines.add(line(symbol)));
      if (lines.size && !every) break;
    }
    self.postMessage({ lines: [...lines] });
  } catch (error) {
    self.postMessage({ error: String(error) });
  } finally {
    picture.close();
  }
};

/* Photos are made smaller before they are kept: a day's worth has to fit on the phone, and go through a thin line. */

const LONGEST_SIDE = 1920;
const SMALL_ENOUGH = 500_000;
const QUALITY = 0.82;

/** The photo as a JPEG of at most 1920 pixels; anything else, and what would not get smaller, as it is. */
export async function shrunk(file: File): Promise<File> {
  if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) return file;
  try {
    const whole = await createImageBitmap(file);
    const share = Math.min(1, LONGEST_SIDE / Math.max(whole.width, whole.height));
    const canvas = new OffscreenCanvas(Math.round(whole.width * share), Math.round(whole.height * share));
    canvas.getContext("2d")?.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    const small = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    if (small.size >= file.size) return file;
    return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: small.type });
  } catch {
    return file; // a format that the browser cannot draw, such as HEIC
  }
}

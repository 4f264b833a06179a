/** A signature drawn with finger, pen or mouse. Without scripts the typed name stands alone. */

const LINE = 2.5;
const MOST_DOTS = 2;

/** Show the place for drawing, and keep what is drawn in its hidden field. */
export function startDrawing(room: HTMLElement): void {
  const canvas = room.querySelector("canvas");
  const field = room.querySelector<HTMLInputElement>("input[name=mark]");
  const pen = canvas?.getContext("2d");
  if (!canvas || !field || !pen) return;
  room.hidden = false;
  const scale = Math.min(globalThis.devicePixelRatio || 1, MOST_DOTS);
  canvas.width = Math.round(canvas.clientWidth * scale);
  canvas.height = Math.round(canvas.clientHeight * scale);
  pen.scale(scale, scale);
  pen.lineWidth = LINE;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = getComputedStyle(canvas).color;
  restore(pen, field.value, scale);
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(event.offsetX, event.offsetY);
    pen.lineTo(event.offsetX, event.offsetY);
    pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(event.offsetX, event.offsetY);
    pen.stroke();
  });
  const lift = () => {
    if (drawing) field.value = canvas.toDataURL("image/png");
    drawing = false;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  room.querySelector("button")?.addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  });
}

/** Draw again what was drawn before something else had to be corrected. */
function restore(pen: CanvasRenderingContext2D, drawn: string, scale: number): void {
  if (!drawn) return;
  const picture = new Image();
  picture.addEventListener("load", () => {
    pen.drawImage(picture, 0, 0, picture.width / scale, picture.height / scale);
  });
  picture.src = drawn;
}

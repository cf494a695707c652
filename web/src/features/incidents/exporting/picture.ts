import type { Map as MapLibre } from "maplibre-gl";
import type { Marking } from "../../../domain/marking";

/** What stands on a picture besides the map itself. */
export interface PictureWords {
  marking: Marking;
  /** The sensitivity in the reader's language. */
  sensitivity: string;
  title: string;
  filters: string;
  made: string;
  attribution: string;
  disclaimer: string;
  /** Text on the map, by place: names of countries and counts. */
  names: { text: string; at: [number, number]; isCount: boolean }[];
}

const BANNER = { unclassified: "#35574a", confidential: "#7a4300", "strictly-confidential": "#8d1420" } as const;
/** The colours of TLP 2.0 (FIRST), always on black. */
const TLP = { CLEAR: "#ffffff", GREEN: "#33ff00", AMBER: "#ffc000", "AMBER+STRICT": "#ffc000", RED: "#ff2b2b" } as const;
const BAR = 26;
const MARGIN = 14;
const LINE = 17;
const SANS = "system-ui, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

type Pen = CanvasRenderingContext2D;

/** The lines of a text that is at most `width` wide. */
export function wrap(text: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const longer = lines.length > 0 ? `${lines.at(-1) ?? ""} ${word}` : word;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function drawBanner(pen: Pen, { marking, sensitivity }: PictureWords, top: number, width: number): void {
  pen.fillStyle = BANNER[marking.sensitivity];
  pen.fillRect(0, top, width, BAR);
  pen.font = `bold 13px ${SANS}`;
  pen.textBaseline = "middle";
  const tlp = marking.tlp ? `TLP:${marking.tlp}` : "";
  const said = sensitivity.toUpperCase();
  const [left, right] = [pen.measureText(said).width, tlp ? pen.measureText(tlp).width + 12 : 0];
  const start = (width - left - right - (tlp ? 10 : 0)) / 2;
  pen.fillStyle = "#ffffff";
  pen.fillText(said, start, top + BAR / 2);
  if (!marking.tlp) return;
  pen.fillStyle = "#000000";
  pen.fillRect(start + left + 10, top + 4, right, BAR - 8);
  pen.fillStyle = TLP[marking.tlp];
  pen.fillText(tlp, start + left + 16, top + BAR / 2);
}

function drawLines(pen: Pen, lines: string[], top: number, font: string): number {
  pen.font = font;
  pen.textBaseline = "top";
  pen.fillStyle = "#1a1f26";
  lines.forEach((line, index) => pen.fillText(line, MARGIN, top + index * LINE));
  return top + lines.length * LINE;
}

function drawNames(pen: Pen, map: MapLibre, names: PictureWords["names"], top: number): void {
  const style = getComputedStyle(map.getContainer());
  const [soft, ink] = [style.getPropertyValue("--ink-soft"), style.getPropertyValue("--count-ink")];
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  for (const { text, at, isCount } of names) {
    const { x, y } = map.project(at);
    pen.font = isCount ? `bold 12px ${SANS}` : `italic 13px ${SANS}`;
    pen.fillStyle = isCount ? ink : soft;
    pen.fillText(text, x, top + y);
  }
  pen.textAlign = "start";
}

/** What the map shows at its next frame: only within it can the canvas be read. */
function photograph(map: MapLibre): Promise<ImageBitmap> {
  return new Promise((resolve, reject) => {
    void map.once("render", () => void createImageBitmap(map.getCanvas()).then(resolve, reject));
    map.triggerRepaint();
  });
}

/** The map as it is seen, between two marking banners, with everything a picture must say for itself once it has left the screen. */
export async function drawPicture(map: MapLibre, words: PictureWords): Promise<Blob> {
  const photo = await photograph(map);
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws no pictures");
  const [plain, small] = [`13px ${SANS}`, `12px ${SANS}`];
  const linesOf = (text: string, font: string) => {
    pen.font = font;
    return wrap(text, width - 2 * MARGIN, (line) => pen.measureText(line).width);
  };
  const head = [[words.title], linesOf(words.filters, plain), [words.made]].flat();
  const foot = [words.attribution, words.disclaimer].flatMap((text) => linesOf(text, small));
  const top = BAR + head.length * LINE + 16;
  const scale = photo.width / width;
  canvas.width = photo.width;
  canvas.height = Math.round((top + height + foot.length * LINE + 16 + BAR) * scale);
  pen.scale(scale, scale);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, width, canvas.height / scale);
  drawLines(pen, head, BAR + 8, plain);
  pen.save();
  pen.beginPath();
  pen.rect(0, top, width, height);
  pen.clip();
  pen.drawImage(photo, 0, top, width, height);
  drawNames(pen, map, words.names, top);
  pen.restore();
  const end = drawLines(pen, foot, top + height + 8, small);
  drawBanner(pen, words, 0, width);
  drawBanner(pen, words, end + 8, width);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png"));
}

/** Zones of the Centre's talks, nearest first; any other a record names is shown beside them. */
const ZONES = ["Asia/Ashgabat", "Asia/Almaty", "Asia/Bishkek", "Asia/Dushanbe", "Asia/Tashkent", "Asia/Kabul", "Europe/Moscow", "Europe/Vienna", "Europe/Zurich", "America/New_York", "UTC"] as const;

export function zonesWith(own: string): readonly string[] {
  return ZONES.some((zone) => zone === own) ? ZONES : [own, ...ZONES];
}

/** A zone the browser can reckon with; the services know a few old names that it does not, and UTC stands in for those. */
function known(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}

/** A moment as the clock on the wall there shows it, in the form of a datetime-local field; empty for no moment. */
export function wallClock(moment: string, zone: string): string {
  if (moment === "") return "";
  const written = new Intl.DateTimeFormat("sv-SE", { timeZone: known(zone), dateStyle: "short", timeStyle: "short" }).format(new Date(moment));
  return written.replace(" ", "T");
}

/** The moment at which the clock on the wall there shows `local`; empty when nothing is shown yet. */
export function momentOf(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return "";
  const offsetAt = (time: number) => Date.parse(`${wallClock(new Date(time).toISOString(), zone)}Z`) - Math.floor(time / 60_000) * 60_000;
  // A second look: near a change of the clocks the first one reads the offset of the other side.
  const first = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(first)).toISOString();
}

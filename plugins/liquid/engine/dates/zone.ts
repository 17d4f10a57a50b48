const clocks = new Map<string, Intl.DateTimeFormat>();
const MOST = 700; // there are some 600 zones; a name that is none throws before it is kept

/** What a clock in a zone shows, as if it were UTC, and how the zone is called there and then. */
export function partsIn(date: Date, timeZone: string): { wall: Date; zone: string } {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(date)) parts[type] = value;
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (part) => Number(parts[part]),
  ) as [number, number, number, number, number, number];
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, date.getUTCMilliseconds()));
  return { wall, zone: parts.timeZoneName ?? '' };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const kept = clocks.get(timeZone);
  if (kept) return kept;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    timeZoneName: 'short',
  });
  if (clocks.size < MOST) clocks.set(timeZone, clock);
  return clock;
}

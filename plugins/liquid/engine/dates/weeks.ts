const DAY = 86_400_000; // ms

/** 1 to 366 */
export const yearDay = (wall: Date): number =>
  Math.floor((midnight(wall) - Date.UTC(wall.getUTCFullYear(), 0, 1)) / DAY) + 1;

/** Weeks of the year that begin on a Sunday (0) or Monday (1); days before the first are in week 0. */
export function weekOf(wall: Date, firstDay: 0 | 1): number {
  const weekday = (wall.getUTCDay() - firstDay + 7) % 7;
  return Math.floor((yearDay(wall) + 6 - weekday) / 7);
}

/** The week as ISO counts: the one with the year's first Thursday is 1. */
export function isoWeek(wall: Date): number {
  return Math.floor((yearDay(thursdayOf(wall)) - 1) / 7) + 1;
}

/** The year that week belongs to. */
export const isoYear = (wall: Date): number => thursdayOf(wall).getUTCFullYear();

const thursdayOf = (wall: Date): Date => new Date(midnight(wall) + (4 - (wall.getUTCDay() || 7)) * DAY);

const midnight = (wall: Date): number =>
  Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());

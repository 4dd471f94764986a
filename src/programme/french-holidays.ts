import { DateTime } from 'luxon';

/** Month and day of the public holidays that never move (Code du travail, article L3133-1). */
const FIXED = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];

/** Days after Easter: Easter Monday, Ascension, Whit Monday. */
const AFTER_EASTER = [1, 39, 50];

/** The day that recalls the abolition of slavery, a holiday overseas (decree 83-1003). */
const ABOLITION: Readonly<Record<string, string>> = {
  'America/Martinique': '05-22',
  'America/Guadeloupe': '05-27',
  'America/Cayenne': '06-10',
  'Indian/Reunion': '12-20',
  'Indian/Mayotte': '04-27',
};

/** Whether this calendar day is a public holiday in France, or overseas where its zone is. */
export function isFrenchHoliday(day: DateTime): boolean {
  const monthAndDay = day.toFormat('MM-dd');
  if (FIXED.includes(monthAndDay) || ABOLITION[day.zoneName ?? ''] === monthAndDay) return true;
  const sinceEaster = day.startOf('day').diff(easter(day.year, day.zoneName ?? 'UTC'), 'days').days;
  return AFTER_EASTER.includes(Math.round(sinceEaster));
}

/** Easter Sunday: the Gregorian computus of Meeus, "Astronomical Algorithms", chapter 8. */
function easter(year: number, zone: string): DateTime {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const leaps = 2 * (century % 4) + 2 * Math.floor(inCentury / 4);
  const toSunday = (32 + leaps - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * late + 114;
  return DateTime.fromObject(
    { year, month: Math.floor(count / 31), day: (count % 31) + 1 },
    { zone },
  );
}

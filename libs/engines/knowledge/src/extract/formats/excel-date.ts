const DAY_MS = 86_400_000;
/** Day 0 of workbooks: 1899-12-30, since Excel believes in a 29 February 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1462;

/** Whether numbers of a format are shown as dates or times. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  // Texts in quotes, escaped characters, colours and conditions are no part of it.
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General/gi, ''));
}

/** A workbook's number as the date or time that it stands for. */
export function excelDate(serial: number, { is1904 }: { is1904: boolean }): string {
  const days = is1904 ? serial + DAYS_TO_1904 : serial;
  const date = new Date(DAY_ZERO + Math.round(days * DAY_MS));
  if (Number.isNaN(date.getTime())) return String(serial);
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  return days >= 0 && days < 1 ? time : `${day} ${time}`;
}

/** One page of a list that is paged by number (contract console-apps 1.4). */
export interface Page<T> {
  /** Number of this page, from 1. */
  page: number;
  /** Items asked for. */
  limit: number;
  /** Items in all pages. */
  total: number;
  /** Whether a later page has items. */
  has_more: boolean;
  /** Items of this page. */
  data: T[];
}

/** One slice of a list that is paged by the last id seen (contract service-and-web-api 10). */
export interface CursorPage<T> {
  /** Items asked for. */
  limit: number;
  /** Whether more follow. */
  has_more: boolean;
  /** Items of this slice. */
  data: T[];
}

/** Makes a page out of its rows and the count of all. */
export function pageOf<T>(data: T[], { page, limit, total }: { page: number; limit: number; total: number }): Page<T> {
  return { page, limit, total, has_more: page * limit < total, data };
}

/** Makes a slice out of `limit + 1` fetched rows. */
export function cursorPageOf<T>(rows: T[], limit: number): CursorPage<T> {
  return { limit, has_more: rows.length > limit, data: rows.slice(0, limit) };
}

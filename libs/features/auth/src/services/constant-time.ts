import { timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, told in a time that depends on their lengths alone. */
export function isSameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

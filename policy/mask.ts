import type { MaskForm } from './types.ts'

const dot = '•'

/**
 * The masked form of a value. Identifier-aware: what is left tells nothing of the parts that leak other fields (a
 * personal number begins with birth province, sex and birth year; an old insurance card with the beneficiary group),
 * and its length is fixed. A value that does not have the expected shape becomes null, never itself.
 */
export function mask(form: MaskForm, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (form === 'KEEP') return value
  return typeof value === 'string' ? masks[form](value) : null
}

const masks: Readonly<Record<Exclude<MaskForm, 'KEEP'>, (value: string) => string | null>> = {
  NULL: () => null,
  LAST3: (value) => (/\d{3}$/.test(value) && value.length >= 9 ? dot.repeat(9) + value.slice(-3) : null),
  INSURANCE_CARD: (value) => (/\d{3}$/.test(value) && value.length >= 10 ? dot.repeat(12) + value.slice(-3) : null),
  PHONE: (value) => (/^\d{9,12}$/.test(value) ? dot.repeat(7) + value.slice(-3) : null),
  EMAIL: (value) => (value.includes('@') ? `${dot.repeat(3)}@${dot.repeat(3)}` : null),
  YEAR: (value) => /^\d{4}/.exec(value)?.[0] ?? null,
  INITIALS: (value) =>
    value
      .split(/\s+/u)
      .filter((word) => word !== '')
      .map((word) => `${[...word.normalize('NFC')][0]?.toLocaleUpperCase('vi')}.`)
      .join(' ') || null,
  // An address ends with its province: 'Số 5, Phường Ba Đình, Thành phố Hà Nội'.
  PROVINCE: (value) => value.split(',').at(-1)?.trim() || null,
  GEOHASH5: (value) => (/^[0-9b-hjkmnp-z]{12}$/.test(value) ? value.slice(0, 5) : null),
}

import { isIP } from 'node:net'

/** Addresses and ranges (RFC 4632: `10.0.0.0/8`) out of a list with commas; null where one of them is neither. */
export function addressRangesFromText(text: string): readonly string[] | null {
  const ranges = text.split(',').map((one) => one.trim())
  return ranges.every(isRange) ? ranges : null
}

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  const longest = family === 6 ? 128 : 32
  return (
    family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  )
}

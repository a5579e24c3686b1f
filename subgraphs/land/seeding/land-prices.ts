import { unitFromText } from '../../../synthetic/random.ts'
import type { Place } from '../../../synthetic/reference.ts'

/** VND a square metre, lowest and highest: in the two great cities, in other dear provinces, elsewhere. */
const ranges: Readonly<
  Record<string, readonly [readonly [number, number], readonly [number, number], readonly [number, number]]>
> = {
  ODT: [
    [18e6, 120e6],
    [6e6, 40e6],
    [2.5e6, 16e6],
  ],
  ONT: [
    [3e6, 22e6],
    [1e6, 7e6],
    [3e5, 3.5e6],
  ],
  CLN: [
    [2e5, 6e5],
    [1e5, 3.5e5],
    [4e4, 1.8e5],
  ],
  LUC: [
    [1.5e5, 3e5],
    [8e4, 2e5],
    [4e4, 1.2e5],
  ],
  RSX: [
    [3e4, 8e4],
    [1e4, 4e4],
    [5e3, 2e4],
  ],
  TMD: [
    [12e6, 80e6],
    [4e6, 26e6],
    [1.6e6, 10e6],
  ],
}
const like: Readonly<Record<string, string>> = {
  LUK: 'LUC',
  HNK: 'LUC',
  NTS: 'LUC',
  SKC: 'TMD',
  TSC: 'ODT',
  DGD: 'ODT',
  TON: 'ONT',
  DKV: 'ONT',
}
const dear = new Set(['22', '24', '31', '46', '48', '56', '75', '92'])

/** The price by the table (modelled): the same for a use all over a commune. */
export function tablePrice(place: Place, use: string): number {
  const row = ranges[like[use] ?? use] ?? ranges['CLN']
  const tier = place.province === '01' || place.province === '79' ? 0 : dear.has(place.province) ? 1 : 2
  const [low, high] = row?.[tier] ?? [1e5, 1e5]
  const exact = low * (high / low) ** unitFromText(`${place.commune}/${use}`)
  return Math.max(1000, Math.round(exact / 1000) * 1000)
}

/** What was paid: over the table's price, less the longer ago it was. */
export function paidPrice(pricePerM2: number, areaM2: number, year: number, markup: number): number {
  const then = 0.15 + 0.85 * ((year - 1993) / 33)
  return Math.max(1, Math.round((pricePerM2 * areaM2 * markup * then) / 1e6)) * 1e6
}

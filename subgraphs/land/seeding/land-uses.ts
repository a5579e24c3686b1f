import type { Place } from '../../../synthetic/reference.ts'
import type { Random } from '../../../synthetic/types.ts'
import type { UseDraft } from './drafts.ts'

/** Term of the farmland allocated in 1993, extended for fifty years. */
const farmlandUntil = '2063-10-15'

type Crop = { type: string; weight: number; least: number; most: number }
/** Farmland by the region's kind of land: weights, and parcel sizes in square metres. */
const crops: Readonly<Record<'delta' | 'mountain' | 'highland' | 'coast', readonly Crop[]>> = {
  delta: [
    { type: 'LUC', weight: 70, least: 300, most: 3000 },
    { type: 'CLN', weight: 14, least: 200, most: 3000 },
    { type: 'HNK', weight: 8, least: 200, most: 1500 },
    { type: 'NTS', weight: 8, least: 500, most: 8000 },
  ],
  mountain: [
    { type: 'LUK', weight: 30, least: 200, most: 2000 },
    { type: 'HNK', weight: 28, least: 300, most: 4000 },
    { type: 'RSX', weight: 28, least: 2000, most: 18_000 },
    { type: 'CLN', weight: 14, least: 300, most: 5000 },
  ],
  highland: [
    { type: 'CLN', weight: 62, least: 1000, most: 15_000 },
    { type: 'HNK', weight: 28, least: 500, most: 6000 },
    { type: 'LUK', weight: 10, least: 300, most: 2500 },
  ],
  coast: [
    { type: 'LUC', weight: 44, least: 200, most: 2000 },
    { type: 'HNK', weight: 24, least: 200, most: 3000 },
    { type: 'RSX', weight: 16, least: 2000, most: 15_000 },
    { type: 'CLN', weight: 16, least: 300, most: 6000 },
  ],
}
const regions: Readonly<Record<string, keyof typeof crops>> = Object.fromEntries([
  ...['01', '22', '24', '31', '33', '37', '82', '86', '91', '92', '96'].map((code) => [code, 'delta'] as const),
  ...['04', '08', '11', '12', '14', '15', '19', '20', '25'].map((code) => [code, 'mountain'] as const),
  ...['66', '68', '52', '75', '79', '80'].map((code) => [code, 'highland'] as const),
])

/** The uses of a parcel with a home on it: in wards a house lot, elsewhere often with a garden. */
export function homeUses(random: Random, place: Place): readonly UseDraft[] {
  const origin = random.weighted(['CNQ-CTT', 'CNQ-KTT', 'DG-CTT'], (code) => (code === 'CNQ-CTT' ? 5 : 2))
  const lot = place.urban ? between(random, 28, 190) : between(random, 80, 420)
  const home: UseDraft = { type: place.urban ? 'ODT' : 'ONT', areaM2: lot, origin, form: 'PRIVATE', until: null }
  if (place.urban || !random.chance(0.45)) return [home]
  const garden = { type: 'CLN', areaM2: between(random, 60, 900), origin: 'CNQ-KTT', until: farmlandUntil }
  return [home, { ...garden, form: 'PRIVATE' }]
}

/** The use of a farm parcel, as the region has it. */
export function farmUses(random: Random, place: Place): readonly UseDraft[] {
  const crop = random.weighted(crops[regions[place.province] ?? 'coast'], ({ weight }) => weight)
  const areaM2 = between(random, crop.least, crop.most)
  return [{ type: crop.type, areaM2, origin: 'DG-KTT', form: 'PRIVATE', until: farmlandUntil }]
}

/** One use of a whole parcel that an organisation has. */
export function singleUse(
  type: string,
  areaM2: number,
  origin: string,
  until: string | null = null,
): readonly UseDraft[] {
  return [{ type, areaM2, origin, form: 'PRIVATE', until }]
}

/** More small ones than large, to a tenth of a square metre. */
export function between(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random.next() * 10) / 10
}

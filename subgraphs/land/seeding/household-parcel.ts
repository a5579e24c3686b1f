import type { Place } from '../../../synthetic/reference.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import { acquire, acquisitionChange, laterChanges } from './acquisition.ts'
import { certificatesOf } from './certificates.ts'
import { momentOn } from './dates.ts'
import type { AssetDraft, HolderDraft, ParcelDraft, RightDraft, UseDraft } from './drafts.ts'
import { holdersFrom } from './holders.ts'
import type { Holding } from './holders.ts'
import { paidPrice, tablePrice } from './land-prices.ts'
import { between } from './land-uses.ts'
import type { Site } from './parcel-sites.ts'
import { planning } from './planning.ts'
import { restrictionsOf } from './restrictions.ts'

/** What a household's parcel is to be, before its history is drawn. */
export type Plot = {
  place: Place
  site: Site
  uses: readonly UseDraft[]
  /** Where the home stands, its address line; null for land elsewhere. */
  addressLine: string | null
}

export type PlotTools = {
  random: Random
  members: readonly Person[]
  addressOf: (person: Person) => string
  sellerIn: (year: number) => HolderDraft
  /** Nothing here was theirs before. */
  firstYear?: number
}

/** A parcel with holders, history, certificates, assets and restrictions that fit one another. */
export function householdParcel(
  tools: PlotTools,
  holding: Holding,
  { place, site, uses, addressLine }: Plot,
): ParcelDraft {
  const { random } = tools
  const main = uses[0]?.type ?? 'CLN'
  const isFarm = uses.every((use) => use.until !== null)
  const { right, changes } = householdRight(tools, holding, place, { uses, isFarm })
  const isToBeRecovered = right.restrictions.some(({ kind }) => kind === 'PLANNING')
  const district = `${place.fullName}, ${place.provinceName}`
  return {
    place,
    site,
    parcelUid: random.chance(0.7),
    oldParcelRef:
      right.registeredOn < '2025-07-01' && random.chance(0.4) ? `${random.int(1, 60)}/${random.int(1, 900)}` : null,
    address: addressLine === null ? district : `${addressLine}, ${district}`,
    planning: planning(main, isToBeRecovered),
    pricePerM2: tablePrice(place, main),
    uses,
    right,
    changes,
  }
}

/** A household's right to a parcel or a flat, and the changes that are registered of it. */
export function householdRight(
  { random, members, addressOf, sellerIn, firstYear }: PlotTools,
  holding: Holding,
  place: Place,
  { uses, isFarm }: { uses: readonly UseDraft[]; isFarm: boolean },
): { right: RightDraft; changes: ParcelDraft['changes'] } {
  const acquisition = acquire(random, holding, members, sellerIn, firstYear)
  const { registeredOn, change } = acquisition
  const holders = namedOn(registeredOn, random, isFarm, holdersFrom(holding, addressOf))
  const certificates = certificatesOf(random, place, registeredOn, holding.kind !== 'HEIRS')
  const restrictions = restrictionsOf(random, registeredOn)
  const [main] = uses
  const areaM2 = uses.reduce((sum, use) => sum + use.areaM2, 0)
  const price = tablePrice(place, main?.type ?? 'CLN')
  const owesFee = restrictions.some(({ kind }) => kind === 'FINANCIAL_DEBT')
  const reissuedAt = certificates[1]?.issuedAt ?? null
  const at = (day: string): string => momentOn(random, day)
  return {
    right: {
      holders,
      origin: main?.origin ?? 'CNQ-CTT',
      until: main?.until ?? null,
      financialObligation: owesFee ? Math.max(1, Math.round((price * areaM2 * 0.2) / 1e6)) * 1e6 : 0,
      transactionPrice:
        change === 'TRANSFER' ? paidPrice(price, areaM2, Number(registeredOn.slice(0, 4)), 1.1 + random.next()) : null,
      registeredOn,
      certificates,
      assets: uses.length > 0 ? assetsOn(random, place, uses) : [],
      restrictions,
    },
    changes: [
      ...acquisitionChange(acquisition, holders, at),
      ...laterChanges(random, { registeredOn, reissuedAt, isFarm }, holders, at),
    ],
  }
}

/** Until 2024-08-01 farmland could be a household's; its head then stands for it. */
function namedOn(
  registeredOn: string,
  random: Random,
  isFarm: boolean,
  holders: readonly HolderDraft[],
): readonly HolderDraft[] {
  const [head] = holders
  if (head === undefined || !isFarm || registeredOn >= '2024-08-01' || !random.chance(0.6)) return holders
  return [{ ...head, userType: 'HOUSEHOLD', role: 'HOUSEHOLD_REPRESENTATIVE', share: 1 }]
}

function assetsOn(random: Random, place: Place, uses: readonly UseDraft[]): readonly AssetDraft[] {
  const [main] = uses
  if (main === undefined) return []
  if (main.type === 'RSX')
    return random.chance(0.3) ? [{ type: 'PLANTED_FOREST', floorAreaM2: null, grade: null, term: 'FIXED' }] : []
  if (main.type === 'CLN')
    return random.chance(0.08) ? [{ type: 'PERENNIAL', floorAreaM2: null, grade: null, term: 'FIXED' }] : []
  if ((main.type !== 'ODT' && main.type !== 'ONT') || !random.chance(0.55)) return []
  const floors = place.urban ? random.int(1, 5) : random.int(1, 2)
  const ground = Math.min(main.areaM2 * 0.8, between(random, 40, 140))
  const grade = floors > 3 ? 'II' : floors > 1 ? 'III' : 'IV'
  return [{ type: 'HOUSE', floorAreaM2: Math.round(ground * floors * 10) / 10, grade, term: 'LONG_TERM' }]
}

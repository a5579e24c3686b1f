import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { loadYaml } from '../../../policy/load-yaml.ts'
import type { Place } from '../../../synthetic/reference.ts'
import { createRandom } from '../../../synthetic/random.ts'
import type { HolderDraft, ParcelDraft } from './drafts.ts'
import { equalShares, formerHolder } from './holders.ts'
import { fixedSheet } from './parcel-sites.ts'
import { singleUse } from './land-uses.ts'
import { planning } from './planning.ts'
import { writeParcel } from './write-parcel.ts'
import type { Writing } from './write-parcel.ts'

const fixedParcel = z.strictObject({
  parcelNo: z.int(),
  what: z.string(),
  address: z.string(),
  use: z.strictObject({ type: z.string(), areaM2: z.number(), origin: z.string() }),
  oldParcelRef: z.string().nullable(),
  holders: z.array(z.string()).nonempty(),
  userType: z.enum(['COUPLE', 'INDIVIDUAL']),
  transactionPrice: z.int().nullable(),
  registeredOn: z.string(),
  certificates: z.array(
    z.strictObject({
      issuedAt: z.string(),
      status: z.enum(['VALID', 'REPLACED']),
      issueNo: z.string(),
      registryNo: z.string(),
    }),
  ),
  house: z.strictObject({ floorAreaM2: z.number(), grade: z.string() }).nullable(),
  mortgage: z.strictObject({ mortgagee: z.string(), decisionNo: z.string(), registeredOn: z.string() }).nullable(),
  changes: z.array(z.strictObject({ type: z.string(), registeredAt: z.string(), from: z.string().optional() })),
})
type FixedParcel = z.infer<typeof fixedParcel>

const file = 'fixed-parcels.yaml'
/** A point off every lattice, so that no generated parcel stands there. */
const corner = { latitude: 21.0301, longitude: 105.3307 }

/**
 * Adds the parcels of the personas, which are there for every seed and size, and gives their owners: households that get
 * nothing more. Throws where the file is not as it should be.
 */
export function writeFixedParcels(writing: Writing, place: Place, developer: HolderDraft): ReadonlySet<string> {
  const parcels = loadYaml(z.array(fixedParcel), readFileSync(new URL(file, import.meta.url), 'utf8'), file)
  for (const parcel of parcels) {
    writeParcel(writing, draftOf(parcel, place, developer), createRandom(0, 'fixed parcel', parcel.parcelNo))
  }
  return new Set(parcels.flatMap(({ holders }) => holders))
}

function draftOf(parcel: FixedParcel, place: Place, developer: HolderDraft): ParcelDraft {
  const { parcelNo, use, registeredOn, house, mortgage } = parcel
  const address = `${parcel.address}, ${place.fullName}, ${place.provinceName}`
  const shares = equalShares(parcel.holders.length)
  const holders = parcel.holders.map((personalId, index): HolderDraft => {
    const role = parcel.holders.length > 1 ? 'CO_OWNER' : 'OWNER'
    return {
      personalId,
      taxCode: null,
      userType: parcel.userType,
      role,
      share: shares[index] ?? 1,
      contactAddress: address,
    }
  })
  const issuer = `Sở Tài nguyên và Môi trường ${place.provinceName}`
  return {
    place,
    site: { mapSheetNo: fixedSheet, parcelNo, point: { ...corner, longitude: corner.longitude + parcelNo / 1000 } },
    parcelUid: true,
    oldParcelRef: parcel.oldParcelRef,
    address,
    planning: planning(use.type, false),
    pricePerM2: 35_000_000,
    uses: singleUse(use.type, use.areaM2, use.origin),
    right: {
      holders,
      origin: use.origin,
      until: null,
      financialObligation: 0,
      transactionPrice: parcel.transactionPrice,
      registeredOn,
      certificates: parcel.certificates.map((one) => ({ ...one, issuer, shared: true })),
      assets: house === null ? [] : [{ type: 'HOUSE', ...house, term: 'LONG_TERM' }],
      restrictions: mortgage === null ? [] : [{ kind: 'MORTGAGE', ...mortgage, liftedOn: null }],
    },
    changes: parcel.changes.map(({ type, registeredAt, from }) => ({
      type,
      registeredAt,
      parties: [
        ...(from === undefined
          ? []
          : [{ side: 'FROM' as const, holder: from === 'DEVELOPER' ? developer : formerHolder(from) }]),
        ...holders.map((holder) => ({ side: from === undefined ? ('HOLDER' as const) : ('TO' as const), holder })),
      ],
    })),
  }
}

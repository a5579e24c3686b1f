import type { Random } from '../../../synthetic/types.ts'
import type { AssetDraft, ChangeDraft, HolderDraft, ParcelDraft, RestrictionDraft, RightDraft } from './drafts.ts'
import { geohash } from './geohash.ts'
import type { LandRows } from './land-rows.ts'
import { ring } from './ring.ts'
import type { Serials } from './serials.ts'
import { centralMeridian, gridFromPoint } from './vn2000.ts'

export type Writing = {
  rows: LandRows
  serials: Serials
  /** Persons that have a row already. */
  known: Set<string>
}

const term = (until: string | null): string => (until === null ? 'LONG_TERM' : 'FIXED')
const tenths = (areaM2: number): string => areaM2.toFixed(1)

/** Adds a parcel with everything on it. Returns its id. */
export function writeParcel(writing: Writing, draft: ParcelDraft, random: Random): string {
  const { rows } = writing
  const { place, site } = draft
  const { mapSheetNo, parcelNo, point } = site
  const id = `${place.commune}_${mapSheetNo}_${parcelNo}`
  const areaM2 = draft.uses.reduce((sum, use) => sum + Math.round(use.areaM2 * 10), 0) / 10
  rows.add(
    'parcel',
    id,
    place.commune,
    place.province,
    mapSheetNo,
    parcelNo,
    draft.parcelUid ? geohash(point) : null,
    draft.oldParcelRef,
    draft.address,
    tenths(areaM2),
    draft.planning,
    draft.pricePerM2,
    centralMeridian(point.longitude),
    JSON.stringify([ring(random, gridFromPoint(point), areaM2)]),
  )
  for (const use of draft.uses) {
    rows.addNumbered('land_use', id, use.type, tenths(use.areaM2), use.origin, use.form, term(use.until), use.until)
  }
  const { right } = draft
  const ofLand = writeHolders(writing, id, null, right)
  const ofAssets = right.assets.map((asset) => writeHolders(writing, id, asset, right))
  writeCertificates(writing, right, [ofLand, ...ofAssets])
  for (const one of right.restrictions) {
    writeRestriction(writing, one, [...ofLand, ...(one.kind === 'MORTGAGE' ? ofAssets.flat() : [])])
  }
  writeChanges(writing, id, draft.changes)
  return id
}

/** Adds ownership of one asset on a parcel that is there. */
export function writeAsset(
  writing: Writing,
  parcelId: string,
  asset: AssetDraft,
  { right, changes }: Pick<ParcelDraft, 'right' | 'changes'>,
): void {
  const rights = writeHolders(writing, parcelId, asset, right)
  writeCertificates(writing, right, [rights])
  for (const one of right.restrictions) writeRestriction(writing, one, rights)
  writeChanges(writing, parcelId, changes)
}

function writeChanges(writing: Writing, parcelId: string, changes: readonly ChangeDraft[]): void {
  for (const { type, registeredAt, parties } of changes) {
    const changeId = writing.rows.addNumbered('land_change', parcelId, type, registeredAt)
    for (const { side, holder } of parties) {
      addPerson(writing, holder)
      writing.rows.addNumbered('land_change_party', changeId, side, ...party(holder), share(holder))
    }
  }
}

/** Rests on the right of each holder: each sees their own. */
function writeRestriction({ rows }: Writing, one: RestrictionDraft, rights: readonly number[]): void {
  const { kind, mortgagee, decisionNo, registeredOn, liftedOn } = one
  for (const right of rights)
    rows.addNumbered('restriction', right, kind, mortgagee, decisionNo, registeredOn, liftedOn)
}

/** One right a holder, of the land or of an asset on it. Returns their ids, in the order of the holders. */
function writeHolders(writing: Writing, parcelId: string, asset: AssetDraft | null, right: RightDraft): number[] {
  const { rows } = writing
  const assetId =
    asset === null
      ? null
      : rows.addNumbered('attached_asset', parcelId, asset.type, asset.floorAreaM2, asset.grade, asset.term)
  const kind = asset === null ? 'LAND_USE' : 'ASSET_OWNERSHIP'
  return right.holders.map((holder) => {
    addPerson(writing, holder)
    return rows.addNumbered(
      'land_right',
      parcelId,
      kind,
      assetId,
      ...party(holder),
      holder.role,
      share(holder),
      holder.contactAddress,
      right.origin,
      term(right.until),
      right.until,
      right.financialObligation,
      right.transactionPrice,
      right.registeredOn,
    )
  })
}

function writeCertificates({ rows, serials }: Writing, right: RightDraft, rightsByKind: readonly number[][]): void {
  for (const certificate of right.certificates) {
    const { issuedAt, issuer, status } = certificate
    const positions = right.holders.map((_, index) => index)
    for (const named of certificate.shared ? [positions] : positions.map((index) => [index])) {
      const issueNo = certificate.issueNo ?? serials.issueNo(issuedAt)
      const registryNo = certificate.registryNo ?? serials.registryNo(issuedAt)
      const scan = `${issueNo.replace(' ', '')}-GCN.pdf`
      const id = rows.addNumbered('land_certificate', issueNo, registryNo, issuedAt, issuer, status, scan)
      for (const rightId of rightsByKind.flatMap((ids) => named.flatMap((index) => ids[index] ?? []))) {
        rows.addNumbered('certificate_of_right', id, rightId)
      }
    }
  }
}

function addPerson({ rows, known }: Writing, { personalId }: HolderDraft): void {
  if (personalId === null || known.has(personalId)) return
  known.add(personalId)
  rows.add('person', personalId)
}

const party = ({ personalId, taxCode, userType }: HolderDraft) => [personalId, taxCode, userType] as const
const share = (holder: HolderDraft): string => holder.share.toFixed(6)

import type { Place } from '../../../synthetic/reference.ts'
import type { Random } from '../../../synthetic/types.ts'
import { certificatesOf } from './certificates.ts'
import { dayIn } from './dates.ts'
import type { HolderDraft } from './drafts.ts'
import { chooseHolding } from './holders.ts'
import { householdRight } from './household-parcel.ts'
import type { PlotTools } from './household-parcel.ts'
import { tablePrice } from './land-prices.ts'
import { between, singleUse } from './land-uses.ts'
import type { Site } from './parcel-sites.ts'
import { planning } from './planning.ts'
import { writeAsset, writeParcel } from './write-parcel.ts'
import type { Writing } from './write-parcel.ts'

/** Flats sold before another building is begun in a commune. */
const flatsInABuilding = 16

/** Adds flats: each household owns its own, the developer has the use of the land below. */
export function createFlats(
  writing: Writing,
  developer: HolderDraft,
  siteIn: (place: Place, random: Random) => Site,
): { buy: (tools: PlotTools, place: Place) => void } {
  const buildings = new Map<string, { parcelId: string; since: number; flats: number }>()
  return {
    buy: (tools, place) => {
      const { random } = tools
      const holding = chooseHolding(random, tools.members)
      // Who died may have done so before the building stood.
      if (holding === null || holding.kind === 'HEIRS' || holding.owners.some(({ diedOn }) => diedOn !== null)) return
      let building = buildings.get(place.commune)
      if (building === undefined || building.flats === flatsInABuilding) {
        const since = random.int(2005, 2020)
        building = {
          parcelId: build(writing, developer, place, siteIn(place, random), { random, since }),
          since,
          flats: 0,
        }
        buildings.set(place.commune, building)
      }
      building.flats++
      const floorAreaM2 = between(random, 45, 140)
      const uses = singleUse('ODT', floorAreaM2, 'DG-CTT')
      const bought = { ...tools, sellerIn: () => developer, firstYear: building.since + 1 }
      const { right, changes } = householdRight(bought, holding, place, { uses, isFarm: false })
      const asset = { type: 'APARTMENT', floorAreaM2, grade: 'I', term: 'LONG_TERM' } as const
      writeAsset(writing, building.parcelId, asset, { right, changes })
    },
  }
}

function build(
  writing: Writing,
  developer: HolderDraft,
  place: Place,
  site: Site,
  { random, since }: { random: Random; since: number },
): string {
  const registeredOn = dayIn(random, since)
  const draft = {
    place,
    site,
    parcelUid: true,
    oldParcelRef: null,
    address: `${place.fullName}, ${place.provinceName}`,
    planning: planning('ODT', false),
    pricePerM2: tablePrice(place, 'ODT'),
    uses: singleUse('ODT', between(random, 900, 6000), 'DG-CTT'),
    right: {
      holders: [developer],
      origin: 'DG-CTT',
      until: null,
      financialObligation: 0,
      transactionPrice: null,
      registeredOn,
      certificates: certificatesOf(random, place, registeredOn, true),
      assets: [],
      restrictions: [],
    },
    changes: [],
  }
  return writeParcel(writing, draft, random)
}

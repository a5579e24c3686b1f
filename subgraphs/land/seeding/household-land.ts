import type { Place, Reference } from '../../../synthetic/reference.ts'
import type { Person, Random } from '../../../synthetic/types.ts'
import type { HolderDraft } from './drafts.ts'
import { createFlats } from './flats.ts'
import { chooseHolding, contactAddress } from './holders.ts'
import { householdParcel } from './household-parcel.ts'
import type { PlotTools } from './household-parcel.ts'
import { farmUses, homeUses } from './land-uses.ts'
import type { Organisations } from './organisations.ts'
import type { Site } from './parcel-sites.ts'
import { createSellers } from './sellers.ts'
import { writeParcel } from './write-parcel.ts'
import type { Writing } from './write-parcel.ts'

type Setting = {
  reference: Reference
  writing: Writing
  organisations: Organisations
  siteIn: (place: Place, random: Random) => Site
  /** Who builds and first sells. */
  developer: HolderDraft
}

/**
 * Adds the land of one household after another: a home in or near their commune, farmland outside wards, a flat instead of
 * a house for some in wards; three parcels at most.
 */
export function createHouseholdLand({
  reference,
  writing,
  organisations,
  siteIn,
  developer,
}: Setting): (members: readonly Person[]) => void {
  const inProvince = Map.groupBy(reference.places, (place) => place.province)
  const addressOf = contactAddress(reference.placeByCommune)
  const sellers = createSellers()
  const flats = createFlats(writing, developer, siteIn)
  const nearby = (random: Random, home: Place): Place =>
    random.chance(0.88) ? home : random.pick(inProvince.get(home.province) ?? [home])

  return (members) => {
    const [first] = members
    const home = first && reference.placeByCommune.get(first.permanentCommune)
    if (first === undefined || home === undefined) return
    organisations.settle(home)
    const random = first.random('land')
    const sellerIn = (year: number) => sellers.pick(random, year, developer)
    const tools: PlotTools = { random, members, addressOf, sellerIn }

    const own = (place: Place, kind: 'home' | 'farm'): void => {
      const holding = chooseHolding(random, members)
      if (holding === null) return
      const uses = kind === 'home' ? homeUses(random, place) : farmUses(random, place)
      const addressLine = kind === 'home' && place === home ? first.addressLine : null
      const plot = { place, site: siteIn(place, random), uses, addressLine }
      writeParcel(writing, householdParcel(tools, holding, plot), random)
      for (const owner of holding.owners) sellers.saw(owner)
    }

    if (random.chance(home.urban ? 0.66 : 0.9)) own(home, 'home')
    else if (home.urban && random.chance(0.45)) flats.buy(tools, home)
    if (random.chance(home.urban ? 0.07 : 0.03)) own(nearby(random, home), 'home')
    if (random.chance(home.urban ? 0.04 : 0.62)) own(nearby(random, home), 'farm')
  }
}

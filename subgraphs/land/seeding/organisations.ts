import type { Place } from '../../../synthetic/reference.ts'
import { createRandom } from '../../../synthetic/random.ts'
import type { Random } from '../../../synthetic/types.ts'
import { certificatesOf } from './certificates.ts'
import { dayIn } from './dates.ts'
import type { AssetDraft, ParcelDraft, UserType } from './drafts.ts'
import { organisationHolder } from './holders.ts'
import { tablePrice } from './land-prices.ts'
import { between, singleUse } from './land-uses.ts'
import type { Site } from './parcel-sites.ts'
import { planning } from './planning.ts'
import { restrictionsOf } from './restrictions.ts'
import { writeParcel } from './write-parcel.ts'
import type { Writing } from './write-parcel.ts'

type Kind = {
  userType: UserType
  name: (place: Place, number: number) => string
  use: string
  least: number
  most: number
  origin: string
  until: string | null
  chance: number
  building: number
}

/** What every few communes have. Names are made up, but for the commune's own. */
const kinds: readonly Kind[] = [
  {
    userType: 'STATE_BODY',
    name: (place) => `Ủy ban nhân dân ${place.fullName}`,
    use: 'TSC',
    least: 800,
    most: 6000,
    origin: 'DG-KTT',
    until: null,
    chance: 0.5,
    building: 900,
  },
  {
    userType: 'STATE_BODY',
    name: (place) => `Trường tiểu học ${place.fullName}`,
    use: 'DGD',
    least: 1500,
    most: 12_000,
    origin: 'DG-KTT',
    until: null,
    chance: 0.12,
    building: 1600,
  },
  {
    userType: 'COMMUNITY',
    name: (place) => `Cộng đồng dân cư ${place.fullName}`,
    use: 'DKV',
    least: 200,
    most: 1500,
    origin: 'DG-KTT',
    until: null,
    chance: 0.06,
    building: 150,
  },
  {
    userType: 'RELIGIOUS',
    name: (place) => `Cơ sở tôn giáo mẫu ${place.fullName}`,
    use: 'TON',
    least: 500,
    most: 5000,
    origin: 'DG-KTT',
    until: null,
    chance: 0.06,
    building: 300,
  },
  {
    userType: 'DOMESTIC_ORG',
    name: (_, number) => `Công ty TNHH mẫu số ${number}`,
    use: 'SKC',
    least: 1000,
    most: 18_000,
    origin: 'DT-THN',
    until: '2060-12-31',
    chance: 0.15,
    building: 2400,
  },
  {
    userType: 'FDI',
    name: (_, number) => `Công ty có vốn đầu tư nước ngoài mẫu số ${number}`,
    use: 'SKC',
    least: 4000,
    most: 20_000,
    origin: 'DT-TML',
    until: '2066-12-31',
    chance: 0.03,
    building: 6000,
  },
]

/** Synthetic tax codes: no province begins its codes with 90. */
const taxCode = (number: number): string => `90${String(number).padStart(8, '0')}`

export type Organisations = {
  /** Adds an organisation and gives its tax code. */
  add: (name: (number: number) => string) => string
  /** Adds what a commune's organisations have, once. */
  settle: (place: Place) => void
}

/** Organisations as land users, commune by commune. */
export function createOrganisations(
  seed: number,
  writing: Writing,
  siteIn: (place: Place, random: Random) => Site,
): Organisations {
  const settled = new Set<string>()
  let count = 0
  const add = (name: (number: number) => string): string => {
    const code = taxCode(++count)
    writing.rows.add('organisation', code, name(count))
    return code
  }
  return {
    add,
    settle: (place) => {
      if (settled.has(place.commune)) return
      settled.add(place.commune)
      const random = createRandom(seed, 'land', place.commune)
      for (const kind of kinds) {
        if (!random.chance(kind.chance)) continue
        const holder = organisationHolder(
          add((number) => kind.name(place, number)),
          kind.userType,
        )
        writeParcel(writing, draftOf(random, kind, place, siteIn(place, random), holder), random)
      }
    },
  }
}

function draftOf(
  random: Random,
  kind: Kind,
  place: Place,
  site: Site,
  holder: ReturnType<typeof organisationHolder>,
): ParcelDraft {
  const registeredOn = dayIn(random, random.int(1998, 2025))
  const building: AssetDraft = {
    type: 'CONSTRUCTION',
    floorAreaM2: between(random, kind.building / 2, kind.building * 2),
    grade: random.pick(['II', 'III']),
    term: kind.until === null ? 'LONG_TERM' : 'FIXED',
  }
  const address = `${place.fullName}, ${place.provinceName}`
  return {
    place,
    site,
    parcelUid: random.chance(0.7),
    oldParcelRef: null,
    address,
    planning: planning(kind.use, false),
    pricePerM2: tablePrice(place, kind.use),
    uses: singleUse(kind.use, between(random, kind.least, kind.most), kind.origin, kind.until),
    right: {
      holders: [{ ...holder, contactAddress: address }],
      origin: kind.origin,
      until: kind.until,
      financialObligation: 0,
      transactionPrice: null,
      registeredOn,
      certificates: certificatesOf(random, place, registeredOn, true),
      assets: random.chance(0.8) ? [building] : [],
      restrictions: kind.origin.startsWith('DT') ? restrictionsOf(random, registeredOn) : [],
    },
    changes: [],
  }
}

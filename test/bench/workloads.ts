/** One workload: what is asked, and the variables of the n-th request; every request is about other people or months. */
export type Workload = {
  name: string
  what: string
  query: string
  /** Who of this project's callers asks. */
  as: 'bank' | 'analyst'
  /** Whom one request is about: so many of the clerk's customers, or of those with much land. */
  people: number
  of: 'customers' | 'owners'
  variables: (people: readonly string[], n?: number) => Record<string, unknown>
}

const form = `
  fullName dateOfBirth sex ethnicity maritalStatus phoneNumber
  permanentResidence { text since }
  landRights(first: 5) { nodes { right term financialObligation registeredOn } }
  insuranceCards { cardNo benefitLevel validFrom validTo }
  socialInsurance { siNo status scheme totalMonths participations(first: 3) { nodes { from to jobTitle salaryBase } } }`

const figure = '{ value status }'
const figures = `{ population ${figure} parcels ${figure} insured ${figure} contributors ${figure} }`

/** The month so many before this one, in UTC. */
const monthBefore = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)).toISOString().slice(0, 7)
}

const bank = { as: 'bank', of: 'customers' } as const
const one = (people: readonly string[]) => ({ p0: people[0] })
const many = Array.from({ length: 50 }, (_, n) => n)
const few = many.slice(0, 5)

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    what: 'one citizen by number, the form: four databases',
    query: `query W1($p0: PersonalId!) { citizen(personalId: $p0) {${form} } }`,
    ...bank,
    people: 1,
    variables: one,
  },
  {
    name: 'W2',
    what: '50 citizens, four databases, about 1,000 values',
    query: `query W2(${many.map((n) => `$p${n}: PersonalId!`).join(' ')}) {
      ${many.map((n) => `c${n}: citizen(personalId: $p${n}) { ...form }`).join('\n')}
    }
    fragment form on Citizen {${form} }`,
    ...bank,
    people: 50,
    variables: (people) => Object.fromEntries(many.map((n) => [`p${n}`, people[n]])),
  },
  {
    name: 'W3',
    what: '34 provinces, figures of four databases in two months',
    query: `query W3($month: YearMonth!, $before: YearMonth!) {
      provinces { code name late: statistics(month: $month) ${figures} early: statistics(month: $before) ${figures} }
    }`,
    as: 'analyst',
    of: 'customers',
    people: 0,
    // 132 pairs of the last twelve months.
    variables: (_, n = 0) => ({
      month: monthBefore(n % 12),
      before: monthBefore((n + 1 + (Math.floor(n / 12) % 11)) % 12),
    }),
  },
  {
    name: 'W4',
    what: 'three fields of one database',
    query: 'query W4($p0: PersonalId!) { citizen(personalId: $p0) { fullName dateOfBirth sex } }',
    ...bank,
    people: 1,
    variables: one,
  },
  {
    name: 'W6',
    what: '50 parcels, their owners, and the owners’ insurance: nine of ten owners repeat',
    query: `query W6(${few.map((n) => `$p${n}: PersonalId!`).join(' ')}) {
      ${few.map((n) => `c${n}: citizen(personalId: $p${n}) { ...land }`).join('\n')}
    }
    fragment land on Citizen {
      landRights(first: 10) { nodes {
        right registeredOn parcel { parcelId communeCode areaM2 }
        holder { fullName dateOfBirth insuranceCards { cardNo benefitLevel validTo } socialInsurance { siNo status totalMonths } }
      } }
    }`,
    as: 'bank',
    of: 'owners',
    people: 5,
    variables: (people) => Object.fromEntries(few.map((n) => [`p${n}`, people[n]])),
  },
]

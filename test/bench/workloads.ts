/** One workload: what is asked, and the variables of the n-th request; every request is about other people. */
export type Workload = {
  name: string
  what: string
  query: string
  /** How many people one request is about. */
  people: number
  variables: (people: readonly string[]) => Record<string, unknown>
}

const form = `
  fullName dateOfBirth sex ethnicity maritalStatus phoneNumber
  permanentResidence { text since }
  landRights(first: 5) { nodes { right term financialObligation registeredOn } }
  insuranceCards { cardNo benefitLevel validFrom validTo }
  socialInsurance { siNo status scheme totalMonths participations(first: 3) { nodes { from to jobTitle salaryBase } } }`

const one = (people: readonly string[]) => ({ p0: people[0] })
const many = Array.from({ length: 50 }, (_, n) => n)

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    what: 'one citizen by number, the form: four databases',
    query: `query W1($p0: PersonalId!) { citizen(personalId: $p0) {${form} } }`,
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
    people: 50,
    variables: (people) => Object.fromEntries(many.map((n) => [`p${n}`, people[n]])),
  },
  {
    name: 'W4',
    what: 'three fields of one database',
    query: 'query W4($p0: PersonalId!) { citizen(personalId: $p0) { fullName dateOfBirth sex } }',
    people: 1,
    variables: one,
  },
]

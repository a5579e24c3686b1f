/** What is asked, of whom and how often it may be refused: each request differs in its variables. */
export type Workload = {
  name: string
  what: string
  persona: string
  purpose?: string
  query: string
  /** Variables of the n-th request. */
  variables: (n: number, parcels: readonly string[]) => Record<string, unknown>
}

const me = 'fullName sex dateOfBirth ethnicity permanentResidence { text } phoneNumber maritalStatus'

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    what: 'one citizen, about 20 fields of four databases',
    persona: 'citizen',
    query: `query ($n: Int) { me {
      ${me}
      landRights(first: 5) { nodes { right parcel { parcelId areaM2 } } }
      insuranceCards { cardNo validFrom validTo benefitLevel }
      socialInsurance { siNo status scheme totalMonths participations(first: $n) { nodes { from to salaryBase } } }
    } }`,
    variables: (n) => ({ n: 1 + (n % 5) }),
  },
  {
    name: 'W3',
    what: '34 provinces with their communes, open data',
    persona: 'nobody',
    query:
      'query ($code: String!) { provinces { code name fullName unitType } communes(provinceCode: $code) { code name unitType } }',
    variables: (n) => ({ code: ['01', '04', '08', '11', '12', '14', '15', '19'][n % 8] }),
  },
  {
    name: 'W4',
    what: 'three fields of one database',
    persona: 'commune-officer',
    purpose: 'CIVIL_STATUS',
    query: 'query ($id: PersonalId!) { citizen(personalId: $id) { fullName dateOfBirth sex } }',
    variables: (n) => ({ id: ['901085000101', '901187000102', '901190000103', '901186000106'][n % 4] }),
  },
  {
    name: 'W6',
    what: 'parcels, their holders and their insurance',
    persona: 'land-officer',
    purpose: 'LAND_REGISTRATION',
    query:
      'query ($id: String!) { landParcel(parcelId: $id) { areaM2 rights { right holder { fullName personalId sex } } } }',
    variables: (n, parcels) => ({ id: parcels[n % parcels.length] }),
  },
  {
    name: 'denied',
    what: 'a bank without consent: refused and recorded',
    persona: 'bank',
    purpose: 'CREDIT_ASSESSMENT',
    query: 'query ($id: PersonalId!) { citizen(personalId: $id) { fullName ethnicity } }',
    variables: (n) => ({ id: `9011870${String(10_000 + (n % 80_000))}` }),
  },
]

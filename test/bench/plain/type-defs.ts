/**
 * What the workloads ask for, as a team without this project would write it: one plain subgraph a database, over the same
 * tables, without class, decision, consent or record. The raw personal number is the entity key.
 */
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
scalar PersonalId
scalar YearMonth`

export const typeDefs: Readonly<Record<string, string>> = {
  population: `${link}
    type Query { citizen(personalId: PersonalId!): Citizen }
    type Citizen @key(fields: "id") {
      id: ID! fullName: String dateOfBirth: String sex: String ethnicity: String maritalStatus: String
      phoneNumber: String permanentResidence: ResidenceAddress
    }
    type ResidenceAddress { text: String since: String }`,
  catalogue: `${link}
    type Query { provinces: [Province!] }
    type Province @key(fields: "code") { code: ID! name: String }`,
  statistics: `${link}
    type Province @key(fields: "code") { code: ID! statistics(month: YearMonth!): UnitStatistics }
    type UnitStatistics { population: Figure parcels: Figure insured: Figure contributors: Figure }
    type Figure { value: Float status: String }`,
  land: `${link}
    type Citizen @key(fields: "id") { id: ID! landRights(first: Int): LandRightConnection }
    type LandRightConnection { nodes: [LandRight!] }
    type LandRight {
      right: String term: String financialObligation: Float registeredOn: String parcel: Parcel holder: Citizen
    }
    type Parcel { parcelId: String communeCode: String areaM2: Float }`,
  health: `${link}
    type Citizen @key(fields: "id") { id: ID! insuranceCards: [InsuranceCard!] }
    type InsuranceCard { cardNo: String benefitLevel: Int validFrom: String validTo: String }`,
  'social-security': `${link}
    type Citizen @key(fields: "id") { id: ID! socialInsurance: SiMember }
    type SiMember { siNo: String status: String scheme: String totalMonths: Int participations(first: Int): ParticipationConnection }
    type ParticipationConnection { nodes: [Participation!] }
    type Participation { from: String to: String jobTitle: String salaryBase: Int }`,
}

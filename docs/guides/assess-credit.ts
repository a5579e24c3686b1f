import { askGraph, type Caller } from './ask-graph.ts'
import { graphql } from './generated/index.ts'

const applicant = graphql(`
  query Applicant($personalId: PersonalId!) {
    citizen(personalId: $personalId) {
      fullName
      dateOfBirth
      ethnicity
      socialInsurance {
        totalMonths
      }
    }
  }
`)

/** What a bank's form shows of an applicant, and the consent request it can offer for what is missing. */
export type ApplicantForm = {
  fullName: string | null
  born: string | null
  monthsInsured: number | null
  /** Coordinates to name in `requestConsent`; empty when nothing is missing. */
  toAskFor: string[]
}

/** Fills the form with what the customer consented to. Every value is typed by the schema; a denied one is null. */
export async function applicantForm(url: string, bank: Caller, personalId: string): Promise<ApplicantForm> {
  const { data, denials } = await askGraph(url, bank, applicant, { personalId })
  const missing = [...denials.values()].filter(({ remedy }) => remedy.action === 'REQUEST_CONSENT')
  return {
    fullName: data?.citizen?.fullName ?? null,
    born: data?.citizen?.dateOfBirth ?? null,
    monthsInsured: data?.citizen?.socialInsurance?.totalMonths ?? null,
    toAskFor: missing.flatMap(({ remedy }) =>
      Array.isArray(remedy['coordinates']) ? remedy['coordinates'].map(String) : [],
    ),
  }
}

import { parse } from 'graphql'
import { askGraph, type Caller, type Denial } from './ask-graph.ts'
import { graphql } from './generated/index.ts'

const procedureForm = graphql(`
  query ProcedureForm($code: String!) {
    procedure(code: $code) {
      parties {
        code
        question
        fields {
          code
          path
          reasonEn
        }
      }
    }
  }
`)

/** One field of a form as it is shown. */
export type FilledField = {
  code: string
  /** What is held: several where there are several rows; empty where the applicant has to say it. */
  values: unknown[]
  /** Why it is asked: missing from every database, refused to this caller, or not recorded of this person. */
  why: string | null
}

/** A party's fields with what the caller may read, and the coordinates to name in `requestConsent`. */
export type FilledForm = { fields: FilledField[]; toAskFor: string[] }

/**
 * Fills one party's part of a form under the caller's own rights. `personalId` is that party's number, where it is not the
 * signed-in citizen. Throws where there is no such form or party.
 */
export async function prefillForm(
  url: string,
  caller: Caller,
  form: { code: string; party: string; personalId?: string },
): Promise<FilledForm> {
  const told = await askGraph(url, caller, procedureForm, { code: form.code })
  const party = told.data?.procedure?.parties.find(({ code }) => code === form.party)
  if (party === undefined) throw new Error(`no form ${form.code} with a party ${form.party}`)
  const held =
    party.question === null || party.question === undefined
      ? { data: null, denials: new Map<string, Denial>() }
      : await askGraph(url, caller, parse(party.question), { personalId: form.personalId })

  const denials = [...held.denials.values()]
  const fields = party.fields.map(({ code, path, reasonEn }): FilledField => {
    if (path === null || path === undefined) return { code, values: [], why: reasonEn ?? null }
    const values = valuesAt(held.data, path.split('.'))
    const denial = denials.find((one) => `${path}.`.startsWith(`${withoutPlaces(one.path)}.`))
    return { code, values, why: values.length > 0 ? null : (denial?.code ?? 'nothing is recorded') }
  })
  const asked = denials.filter(({ remedy }) => remedy.action === 'REQUEST_CONSENT')
  return {
    fields,
    toAskFor: asked.flatMap(({ remedy }) => (remedy['coordinates'] as string[] | undefined) ?? []),
  }
}

/** Every value at the end of a way; a list on the way goes on by each of its rows. */
function valuesAt(from: unknown, [name, ...further]: readonly string[]): unknown[] {
  if (from === null || from === undefined) return []
  if (Array.isArray(from)) return from.flatMap((one) => valuesAt(one, name === undefined ? [] : [name, ...further]))
  return name === undefined ? [from] : valuesAt((from as Record<string, unknown>)[name], further)
}

/** `person.cards.0.cardNo` is about the field `person.cards.cardNo`. */
const withoutPlaces = (path: string): string =>
  path
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.')

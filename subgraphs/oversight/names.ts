import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { GraphFacts } from '../kit/types.ts'

const project = join(import.meta.dirname, '..', '..')
const organisations = z.array(z.object({ id: z.string(), vi: z.string(), en: z.string() }))
const purposes = z.object({ purposes: z.array(z.object({ code: z.string(), vi: z.string(), en: z.string() })) })

type Named = { vi: string; en: string }

/** What codes in the log are called, in both languages; a code that has gone from the files keeps itself as its name. */
export type Names = {
  organisation: (id: string) => { code: string; name: string; nameEn: string }
  purpose: (code: string) => { code: string; text: string; textEn: string }
  field: (coordinate: string, graph: GraphFacts) => { coordinate: string; name: string; nameEn: string }
}

/** Reads schema/agencies.yaml and policy/purposes.yaml. Throws where they are not what they should be. */
export function loadNames(): Names {
  const read = (path: string): unknown => parse(readFileSync(join(project, path), 'utf8'))
  const byOrganisation = new Map<string, Named>(
    organisations.parse(read('schema/agencies.yaml')).map((one) => [one.id, one]),
  )
  const byPurpose = new Map<string, Named>(
    purposes.parse(read('policy/purposes.yaml')).purposes.map((one) => [one.code, one]),
  )
  return {
    organisation: (id) => ({
      code: id,
      name: byOrganisation.get(id)?.vi ?? id,
      nameEn: byOrganisation.get(id)?.en ?? id,
    }),
    purpose: (code) => ({ code, text: byPurpose.get(code)?.vi ?? code, textEn: byPurpose.get(code)?.en ?? code }),
    field: (coordinate, graph) => {
      const names = graph.names.get(graph.classes.get(coordinate)?.dict ?? '')
      return { coordinate, name: names?.vi ?? coordinate, nameEn: names?.en ?? coordinate }
    },
  }
}

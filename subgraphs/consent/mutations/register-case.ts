import { procedureSystem } from '../caller.ts'
import type { ConsentDeps } from '../deps.ts'
import { insertRow } from '../insert-row.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { scopeOf } from '../scope.ts'
import { refuse } from '../user-error.ts'

type Input = {
  number: string
  procedureCode: string
  procedure: string
  procedureEn: string
  organisation: string
  subjects: readonly string[]
  officers: readonly string[]
  units: readonly string[]
  coordinates: readonly string[]
}

/**
 * Registers an open case: for its officers or units, its subjects and its coordinates alone, until it is closed. Answers
 * with the number and nothing else: whoever registers reads nothing, not even whether a subject exists.
 */
export const registerCase = (deps: ConsentDeps) =>
  mutation(async (client, args, context) => {
    const input = args['input'] as Input
    const system = procedureSystem(context.principal)
    checkForm(input)
    const organisation = deps.organisations.get(input.organisation)
    if (organisation === undefined) {
      return refuse('BAD_USER_INPUT', { vi: 'không có tổ chức này', en: 'there is no such organisation' }, [
        'input',
        'organisation',
      ])
    }
    const scope = scopeOf(
      input.coordinates,
      context.services.graph,
      organisation.kind,
      ['input', 'coordinates'],
      'CASE',
    )
    const { number, procedureCode, procedure, procedureEn } = input
    const subjects = [...new Set(input.subjects)].toSorted()
    await insertRow(client, 'case_file', {
      number,
      procedure_code: procedureCode,
      procedure_vi: procedure,
      procedure_en: procedureEn,
      org: organisation.id,
      org_vi: organisation.vi,
      org_en: organisation.en,
      coordinates: scope.coordinates,
      registered_by: system.org,
    })
    await client.query('insert into case_subject (case_number, person) select $1, unnest($2::text[])', [
      number,
      subjects,
    ])
    await client.query(
      `insert into case_handler (case_number, kind, ref)
       select $1, 'STAFF', unnest($2::text[]) union select $1, 'UNIT', unnest($3::text[])`,
      [number, input.officers, input.units],
    )
    await recordEvent(client, context, {
      operation: 'registerCase',
      subjects,
      coordinates: scope.coordinates,
      level: scope.level,
      caseNumber: number,
    })
    return { number }
  })

function checkForm(input: Input): void {
  const forms: readonly [keyof Input, boolean, { vi: string; en: string }][] = [
    [
      'number',
      // CC numbers are the emergencies' own.
      /^(?!CC-)[A-Z]{2,5}-\d{4}-\d{6}$/.test(input.number),
      { vi: 'số hồ sơ có dạng HT-2026-000001', en: 'a case number looks like HT-2026-000001' },
    ],
    [
      'procedureCode',
      /^[A-Z0-9][A-Z0-9._-]{1,39}$/.test(input.procedureCode),
      { vi: 'mã thủ tục không hợp lệ', en: 'the procedure code is not valid' },
    ],
    ['procedure', isName(input.procedure), { vi: 'cần tên thủ tục', en: 'the name of the procedure is needed' }],
    [
      'procedureEn',
      isName(input.procedureEn),
      { vi: 'cần tên thủ tục bằng tiếng Anh', en: 'the English name of the procedure is needed' },
    ],
    [
      'subjects',
      input.subjects.length >= 1 && input.subjects.length <= 50,
      { vi: 'cần từ 1 đến 50 người', en: 'a case has 1 to 50 subjects' },
    ],
    [
      'officers',
      areRefs(input.officers) && areRefs(input.units),
      { vi: 'mã cán bộ hoặc đơn vị không hợp lệ', en: 'an officer or unit is not valid' },
    ],
    [
      'units',
      input.officers.length + input.units.length >= 1,
      { vi: 'cần cán bộ hoặc đơn vị xử lý', en: 'a case has a handling officer or unit' },
    ],
  ]
  for (const [field, isRight, detail] of forms) if (!isRight) refuse('BAD_USER_INPUT', detail, ['input', field])
}

const isName = (text: string): boolean => /^[^\p{C}]{3,300}$/u.test(text)
const areRefs = (refs: readonly string[]): boolean =>
  refs.length <= 50 && refs.every((ref) => /^[^\p{C}\s]{1,200}$/u.test(ref))

import { procedureSystem } from '../caller.ts'
import { mutation } from '../mutation.ts'
import { recordEvent } from '../record-event.ts'
import { refuse } from '../user-error.ts'

/** Closes a case this system registered, for good: from the next request on it opens nothing. */
export const closeCase = mutation(async (client, args, context) => {
  const { number } = args['input'] as { number: string }
  const system = procedureSystem(context.principal)
  const { rows } = await client.query<{ coordinates: string[]; subjects: string[] }>(
    `update case_file f set closed_at = clock_timestamp()
      where f.number = $1 and f.registered_by = $2 and f.closed_at is null
      returning f.coordinates, (select array_agg(s.person::text order by s.person) from case_subject s where s.case_number = f.number) as subjects`,
    [number, system.org],
  )
  const [closed] = rows
  if (closed === undefined)
    return refuse('NOT_FOUND', { vi: 'không có hồ sơ đang mở với số này', en: 'no open case has this number' }, [
      'input',
      'number',
    ])
  await recordEvent(client, context, {
    operation: 'closeCase',
    subjects: closed.subjects,
    coordinates: closed.coordinates,
    level: 'L2',
    caseNumber: number,
  })
  return { number }
})

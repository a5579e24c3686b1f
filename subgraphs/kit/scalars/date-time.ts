import { isDay } from './calendar.ts'
import { createScalar } from './create-scalar.ts'

const utc = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/

/** An instant, RFC 3339 in UTC. Stored instants come as Date objects or as text with their own offset. */
export const dateTime = createScalar({
  name: 'DateTime',
  description: [
    'Thời điểm theo giờ UTC, RFC 3339: 2026-06-30T07:15:00.000Z',
    'Instant in UTC, RFC 3339: 2026-06-30T07:15:00.000Z',
  ],
  form: 'YYYY-MM-DDThh:mm:ssZ',
  fromClient: (input) => (typeof input === 'string' && isInstant(input) ? new Date(input).toISOString() : undefined),
  fromStore: (stored) => {
    const instant = stored instanceof Date ? stored : typeof stored === 'string' ? instantFromText(stored) : null
    return instant === null || Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
  },
})

function isInstant(text: string): boolean {
  const day = utc.exec(text)?.[1]
  return day !== undefined && isDay(day)
}

/** Text without an offset is refused: it would be read in the server's own time zone. */
function instantFromText(text: string): Date | null {
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)$/.test(text) ? new Date(text) : null
}

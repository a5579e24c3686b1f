import type { FastifyInstance } from 'fastify'
import { problem } from '../../policy/errors.ts'
import { limits } from '../limits.ts'
import { refuse } from './refuse.ts'

/**
 * Reads request bodies: JSON in UTF-8, up to the limit. A larger one is read to its end, within reason, so that the
 * client gets the refusal and not a broken connection. Keys that could pollute a prototype are refused by the parser.
 */
export function graphqlBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: limits.drained },
    (request, body, done) => {
      if (!isUtf8(request.headers['content-type'] ?? ''))
        return done(refuse(problem('BAD_USER_INPUT', charset), 415), undefined)
      if (Buffer.byteLength(body) > limits.body) return done(refuse(problem('QUERY_TOO_COMPLEX', size), 413), undefined)
      return parse(request, body.toString(), done)
    },
  )
}

const charset = { vi: 'chỉ nhận JSON mã hóa UTF-8', en: 'only JSON in UTF-8 is read' }
const size = { vi: `yêu cầu vượt ${limits.body / 1024} KB`, en: `the request is larger than ${limits.body / 1024} KB` }

/** RFC 8259 §8.1: JSON between systems is UTF-8; another encoding once stopped a server (CVE-2026-23897). */
function isUtf8(contentType: string): boolean {
  const charsets = [...contentType.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)"?/gi)].map(([, name]) =>
    name?.toLowerCase(),
  )
  return charsets.every((name) => name === 'utf-8' || name === 'utf8')
}

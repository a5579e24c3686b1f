import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from '../../config/is-loopback.ts'
import { problem } from '../../policy/errors.ts'
import type { ConsolePage } from '../console-page.ts'
import { limits } from '../limits.ts'
import { refuse } from '../plugins/refuse.ts'

/** `/`: the page, from this machine alone, with nothing fetched from anywhere else. */
export function consoleRoutes(app: FastifyInstance, page: ConsolePage): void {
  app.get('/', async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy).type('text/html; charset=utf-8')
    const folder = page.folder() ?? (await built(page))
    return folder === null ? reply.code(503).send(beingBuilt) : reply.send(createReadStream(join(folder, 'index.html')))
  })

  app.get<{ Params: { file: string } }>('/console/assets/:file', async (request, reply) => {
    const folder = page.folder()
    const { file } = request.params
    const type = contentTypes[extname(file)]
    // The name must stand in the folder's own listing: no path of the client's is ever opened.
    if (folder === null || type === undefined || !(await readdir(join(folder, 'assets'))).includes(file))
      throw refuse(problem('NOT_FOUND'))
    reply.header('content-security-policy', contentSecurityPolicy).type(type)
    return reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(createReadStream(join(folder, 'assets', file)))
  })

  app.get('/console/personas.json', async (request, reply) => {
    if (page.personas === null || !isOwnPage(request)) throw refuse(problem('NOT_FOUND'))
    return reply.send(await page.personas())
  })
}

/** Waits for a page that is just being built, as long as a visitor would. */
async function built(page: ConsolePage): Promise<string | null> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, limits.deadline)
  await Promise.race([page.ready, late]).finally(() => clearTimeout(timer))
  return page.folder()
}

/**
 * True for the page's own script on this machine. A name that resolves to 127.0.0.1 (DNS rebinding) shows in Host, another
 * site's page in Sec-Fetch-Site, a proxy in the peer's address: none of them gets tokens.
 */
function isOwnPage(request: FastifyRequest): boolean {
  const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? ''
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(host) && isLoopback(peer) && request.headers['sec-fetch-site'] === 'same-origin'
}

/** Monaco, the editor, writes style elements; scripts come from files of this server alone. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
}

const beingBuilt = `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>VN national graph</title>
<p>Trang đang được dựng, sẽ tự mở sau vài giây.
<p lang="en">The page is being built and opens by itself in a few seconds. The graph answers at <code>POST /graphql</code>.
`

import { createServer, type Server } from 'node:http'

/** The body of a GraphQL request, as every candidate gets it. */
export type Body = { query: string; operationName?: string; variables: Record<string, unknown> }

/** A bare HTTP server: reads JSON, gives what `answer` gives as JSON. Resolves with its port on loopback. */
export function serveJson(
  answer: (path: string, body: Body) => Promise<unknown>,
): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Body
      answer(request.url ?? '/', body).then(
        (value) => {
          const text = JSON.stringify(value)
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
          response.end(text)
        },
        (error: unknown) => {
          console.error(error)
          response.writeHead(500).end()
        },
      )
    })
  })
  // Longer than any pause of a gateway that keeps its connections: none finds one that just closed.
  server.keepAliveTimeout = 600_000
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ port: typeof address === 'object' && address !== null ? address.port : 0, server })
    })
  })
}

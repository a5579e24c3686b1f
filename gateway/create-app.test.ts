import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createApp } from './create-app.ts'

const listening = async () => {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return http
}

test.each([
  ['opened here', () => Promise.resolve(undefined)],
  ['that listens already', listening],
])('a server %s keeps no connection once it is told to close', async (_which, open) => {
  const http = await open()
  const app = createApp(pino({ level: 'silent' }), http)
  const arrived = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  app.get('/slow', async () => {
    arrived.resolve()
    await held.promise
    return { done: true }
  })
  if (http === undefined) await app.listen({ port: 0, host: '127.0.0.1' })
  else await app.ready()
  const { port } = (http ?? app.server).address() as AddressInfo
  const answer = fetch(`http://127.0.0.1:${port}/slow`)
  await arrived.promise
  const closing = app.close()
  // Closing has begun when the port no longer answers.
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/slow`).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  held.resolve()
  const { status, headers } = await answer
  expect([status, headers.get('connection')]).toEqual([200, 'close'])
  await closing
})

test('a server that listens already answers as the app from then on, and as nothing else', async () => {
  const http = await listening()
  http.on('request', (_request, response) => response.writeHead(503).end())
  const { port } = http.address() as AddressInfo
  expect((await fetch(`http://127.0.0.1:${port}/here`)).status).toBe(503)
  const app = createApp(pino({ level: 'silent' }), http)
  app.get('/here', () => ({ done: true }))
  await app.ready()
  expect((await fetch(`http://127.0.0.1:${port}/here`)).status).toBe(200)
  await app.close()
})

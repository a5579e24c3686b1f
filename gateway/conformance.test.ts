import { auditServer } from 'graphql-http'
import { expect, test } from 'vitest'
import { openServer } from './testing/open-server.ts'

/** What the audit calls MAY and this server declines: GET, because a query in an address ends up in other people's logs. */
const declined = ['5A70', 'D6D5', '6A70']

test('the GraphQL-over-HTTP audit passes: no error, no warning, and GET alone is declined', async () => {
  const server = await openServer()
  const url = `${await server.app.listen({ port: 0, host: '127.0.0.1' })}/graphql`
  const results = await auditServer({ url })
  const failed = results.filter(({ status }) => status !== 'ok').map(({ id, name, status }) => ({ id, name, status }))
  expect(failed.filter(({ id }) => !declined.includes(id))).toEqual([])
  expect(failed.map(({ status }) => status)).toEqual(declined.map(() => 'notice'))
  await server.close()
})

import { inject } from 'vitest'
import { withClient } from '../../subgraphs/kit/postgres/with-client.ts'
import type { TestDatabase } from '../support/create-test-database.ts'

/**
 * Takes a database away from everybody but the superuser's open connections: those of its roles end, new ones are
 * refused. Gives what brings it back.
 */
export async function outage(database: TestDatabase | undefined): Promise<() => Promise<void>> {
  if (database === undefined) throw new Error('no such database')
  const { name } = database
  await onServer(`alter database ${name} allow_connections false`)
  await onServer(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}' and usename <> 'postgres'`,
  )
  return () => onServer(`alter database ${name} allow_connections true`)
}

function onServer(statement: string): Promise<void> {
  return withClient(inject('superuser'), async (client) => void (await client.query(statement)))
}

import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { createCopyBatches } from './copy-batches.ts'

const client = new Client(inject('superuser'))
beforeAll(async () => {
  await client.connect()
  await client.query(`create temporary table parent (id int primary key);
    create temporary table child (id int primary key, parent_id int not null references parent)`)
})
beforeEach(() => client.query('truncate parent, child'))
afterAll(() => client.end())

const countOf = async (table: string): Promise<number> =>
  Number((await client.query(`select count(*) from ${table}`)).rows[0].count)

test('parents are loaded before children, however they were added', async () => {
  const batches = createCopyBatches(client, { parent: ['id'], child: ['id', 'parent_id'] })
  batches.add('child', [1, 7])
  batches.add('parent', [7])
  await batches.finish()
  expect([await countOf('parent'), await countOf('child')]).toEqual([1, 1])
})

test('nothing is loaded before a batch is full, and what is left at the end', async () => {
  const batches = createCopyBatches(client, { parent: ['id'], child: ['id', 'parent_id'] }, { limit: 3 })
  batches.add('parent', [1])
  batches.add('parent', [2])
  await batches.settle()
  expect(await countOf('parent')).toBe(0)
  batches.add('child', [1, 2])
  await batches.settle()
  expect([await countOf('parent'), await countOf('child')]).toEqual([2, 1])
  batches.add('parent', [3])
  await batches.finish()
  await batches.finish()
  expect(await countOf('parent')).toBe(3)
})

test('a refused row rejects the batch', async () => {
  const batches = createCopyBatches(client, { parent: ['id'], child: ['id', 'parent_id'] })
  batches.add('child', [1, 404])
  await expect(batches.finish()).rejects.toMatchObject({ code: '23503' })
})

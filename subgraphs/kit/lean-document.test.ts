import { buildSubgraphSchema } from '@apollo/subgraph'
import { print, printSchema, visit } from 'graphql'
import { expect, it } from 'vitest'
import { leanDocument } from './lean-document.ts'
import { subgraphSdl } from './sdl.ts'

const whole = subgraphSdl(
  `
  type Query {
    "Công dân. A citizen."
    citizen(
      "Số. Number."
      personalId: PersonalId! = "901085000101"
    ): Citizen @deprecated(reason: "old") @classified(dict: "x", sharing: SHARED, personal: [B11], owner: "BCA")
  }
  "Công dân. A citizen."
  type Citizen @key(fields: "id") @subject(persons: ["id"]) { id: ID! kind: Kind }
  enum Kind { "Một. One." ONE TWO }
`,
  'sample',
)

it('builds the schema that the whole document builds, without its texts', () => {
  const silent = visit(whole, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  })
  const [lean, built] = [leanDocument(whole), silent].map((document) =>
    printSchema(buildSubgraphSchema([{ typeDefs: document }])),
  )
  expect(lean).toBe(built)
})

it('keeps neither descriptions nor classes nor places, and all that federation reads', () => {
  const text = print(leanDocument(whole))
  expect(text).not.toMatch(/Công dân|Một|@classified\(dict: "|@subject\(persons: \["/)
  expect(text).toContain('type Citizen @key(fields: "id")')
  expect(text).toContain('@deprecated(reason: "old")')
  expect(JSON.stringify(leanDocument(whole))).not.toContain('"loc"')
})

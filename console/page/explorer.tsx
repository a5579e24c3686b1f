import type { ExecutionResult } from 'graphql'
import { GraphiQL } from 'graphiql'
import type { GraphiQLProps } from 'graphiql'
import { useMemo, useRef, useState } from 'react'
import { ask, isIntrospection } from './ask.ts'
import type { Asking, Denied } from './ask.ts'
import { Caller } from './caller.tsx'
import { createMemoryStorage } from './memory-storage.ts'
import { nobody } from './personas.ts'
import type { Persona } from './personas.ts'
import { Reasons } from './reasons.tsx'

const greeting =
  '# Chọn người hỏi ở trên, rồi một truy vấn mẫu.\n# Choose who asks above, then an example.\n{\n  provinces {\n    code\n    name\n  }\n}\n'

/** GraphiQL asked as a persona, and beside it why a field was denied. */
export function Explorer({ personas }: { personas: readonly Persona[] }) {
  const [persona, setPersona] = useState(personas[0] ?? nobody)
  const [asking, setAsking] = useState<Asking>(() => askingAs(persona))
  const [example, setExample] = useState({ count: 0, query: persona.allowed ?? greeting })
  const [denied, setDenied] = useState<readonly Denied[] | null>(null)
  // GraphiQL keeps the first fetcher it is given; what it asks as is read when it asks.
  const latest = useRef(asking)
  latest.current = asking
  const storage = useMemo(createMemoryStorage, [example])

  const show = (query: string | null) => {
    setExample(({ count }) => ({ count: count + 1, query: query ?? greeting }))
    setDenied(null)
  }
  const choose = (next: Persona) => {
    setPersona(next)
    setAsking(askingAs(next))
    show(next.allowed)
  }
  const fetcher: GraphiQLProps['fetcher'] = async (operation, options) => {
    const answer = await ask(operation, latest.current, options?.headers)
    if (!isIntrospection(operation)) setDenied(answer.errors ?? [])
    // What came over the wire is a result whose errors are plain objects, which is all GraphiQL prints.
    return answer as unknown as ExecutionResult
  }

  return (
    <>
      <Caller personas={personas} persona={persona} asking={asking} choose={choose} change={setAsking} show={show} />
      <main>
        <GraphiQL
          key={example.count}
          fetcher={fetcher}
          initialQuery={example.query}
          storage={storage}
          shouldPersistHeaders={false}
        />
      </main>
      <Reasons denied={denied} />
    </>
  )
}

function askingAs({ token, purposes, case: caseNumber }: Persona): Asking {
  return { token: token ?? '', purpose: purposes[0] ?? '', caseNumber: caseNumber ?? '' }
}

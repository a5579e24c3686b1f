import type { Asking } from './ask.ts'
import type { Persona } from './personas.ts'

type Props = {
  personas: readonly Persona[]
  persona: Persona
  asking: Asking
  choose: (persona: Persona) => void
  change: (asking: Asking) => void
  show: (query: string | null) => void
}

/** Who asks: the persona, and the headers its requests carry, each of which can be changed. */
export function Caller({ personas, persona, asking, choose, change, show }: Props) {
  return (
    <header>
      <label>
        Người hỏi · As
        <select
          value={persona.persona}
          onChange={({ target }) => {
            const next = personas.find((one) => one.persona === target.value)
            if (next !== undefined) choose(next)
          }}
        >
          {personas.map((one) => (
            <option key={one.persona} value={one.persona} title={one.en}>
              {one.persona}
            </option>
          ))}
        </select>
      </label>
      <label>
        Authorization
        <input
          value={asking.token}
          placeholder="—"
          spellCheck={false}
          onChange={({ target }) => change({ ...asking, token: target.value.trim() })}
        />
      </label>
      <label>
        X-Purpose
        <input
          list="purposes"
          value={asking.purpose}
          placeholder="—"
          onChange={({ target }) => change({ ...asking, purpose: target.value })}
        />
        <datalist id="purposes">
          {persona.purposes.map((code) => (
            <option key={code} value={code} />
          ))}
        </datalist>
      </label>
      <label>
        X-Case
        <input
          value={asking.caseNumber}
          placeholder="—"
          onChange={({ target }) => change({ ...asking, caseNumber: target.value })}
        />
      </label>
      <button type="button" disabled={persona.allowed === null} onClick={() => show(persona.allowed)}>
        Được phép · Allowed
      </button>
      <button type="button" disabled={persona.denied === null} onClick={() => show(persona.denied)}>
        Bị từ chối · Denied
      </button>
      <p>
        {persona.vi} <span lang="en">{persona.en}</span>
        {persona.personalId === null ? null : <code> {persona.personalId}</code>}
      </p>
    </header>
  )
}

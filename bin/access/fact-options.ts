import { Option, type Command } from 'commander'
import { factValues } from '../../policy/decide-early.ts'
import type { RowFacts } from '../../policy/types.ts'

/** What a what-if may fix of the row; what is left out stays open. */
export type FactOptions = {
  relation?: RowFacts['relation']
  subject?: RowFacts['subjectClass']
  inside?: true
  outside?: true
  consent?: RowFacts['consent']
  caseCovers?: true
  approved?: true
  volume?: RowFacts['volume']
}

/** Adds the options that fix facts of the row to a verb. */
export function withFactOptions(verb: Command): Command {
  const oneOf = (flags: string, text: string, values: readonly string[]) => new Option(flags, text).choices(values)
  return verb
    .addOption(oneOf('--relation <relation>', 'whose data it is', factValues.relation))
    .addOption(oneOf('--subject <class>', 'what kind of person it is about', factValues.subjectClass))
    .addOption(new Option('--inside', 'the row lies within the jurisdiction').conflicts('outside'))
    .option('--outside', 'the row lies outside it')
    .addOption(oneOf('--consent <state>', 'the consent for this field', factValues.consent))
    .option('--case-covers', 'an open case covers this field')
    .option('--approved', 'a second person approved it')
    .addOption(oneOf('--volume <state>', 'how many people were read', factValues.volume))
}

/** What is known without them, overridden by what was fixed. */
export function factsWith(known: RowFacts, options: FactOptions): RowFacts {
  const { relation, subject, inside, outside, consent, caseCovers, approved, volume } = options
  return {
    subjectClass: subject ?? known.subjectClass,
    relation: relation ?? known.relation,
    jurisdiction: inside ? 'INSIDE' : outside ? 'OUTSIDE' : known.jurisdiction,
    consent: consent ?? known.consent,
    case: caseCovers ? 'COVERS' : known.case,
    approval: approved ? 'GIVEN' : known.approval,
    volume: volume ?? known.volume,
  }
}

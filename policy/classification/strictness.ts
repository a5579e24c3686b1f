import type { FieldClass } from '../types.ts'
import { importances, personalCategories, secrecies, sharings } from './vocabulary.ts'

/** The part of a class that has an order: the three axes of the law and secrecy. */
export type Axes = Pick<FieldClass, 'sharing' | 'importance' | 'secrecy' | 'personal' | 'inferring'>

/** The least class at least as strict as each of several: the strictest of every axis, all categories together. */
export function joinAxes(first: Axes, ...others: readonly Axes[]): Axes {
  const all = [first, ...others]
  return {
    sharing: strictest(
      sharings,
      all.map((one) => one.sharing),
    ),
    importance: strictest(
      importances,
      all.map((one) => one.importance),
    ),
    secrecy: strictest(
      secrecies,
      all.map((one) => one.secrecy),
    ),
    personal: personalCategories.filter((category) => all.some((one) => one.personal.includes(category))),
    inferring: personalCategories.filter((category) => all.some((one) => one.inferring.includes(category))),
  }
}

/**
 * In which ways one class is laxer than another; empty when it is at least as strict. A category counts as held
 * whether the value says it or gives it away.
 */
export function laxerThan(one: Axes, other: Axes): readonly string[] {
  const held = new Set([...one.personal, ...one.inferring])
  const lacking = personalCategories.filter(
    (category) => !held.has(category) && (other.personal.includes(category) || other.inferring.includes(category)),
  )
  return [
    ...below('sharing', sharings, one.sharing, other.sharing),
    ...below('importance', importances, one.importance, other.importance),
    ...below('secrecy', secrecies, one.secrecy, other.secrecy),
    ...(lacking.length > 0 ? [`personal lacks ${lacking.join(', ')}`] : []),
  ]
}

function below<Word extends string>(axis: string, order: readonly Word[], one: Word, other: Word): readonly string[] {
  return order.indexOf(one) < order.indexOf(other) ? [`${axis} ${one} is below ${other}`] : []
}

function strictest<Word>(order: readonly Word[], words: readonly Word[]): Word {
  return order[Math.max(...words.map((word) => order.indexOf(word)))] as Word
}

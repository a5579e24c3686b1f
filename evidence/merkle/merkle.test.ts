import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createGrowingTree } from './growing-tree.ts'
import { leafHash, nodeHash } from './hashes.ts'
import { consistencyPlan, inclusionPlan } from './proof-plans.ts'
import type { ProofPlan } from './proof-plans.ts'
import { joinHashes, splitOf, subtreesOf } from './subtrees.ts'
import { isConsistent, isIncluded } from './verify-proofs.ts'

type Vectors = {
  leaves: string[]
  roots: string[]
  inclusion: { leaf: number; size: number; path: string[] }[]
  consistency: { first: number; second: number; proof: string[] }[]
}
const vectors = parse(readFileSync(join(import.meta.dirname, 'reference-vectors.yaml'), 'utf8')) as Vectors
const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const inHex = (hashes: readonly Uint8Array[]): string[] => hashes.map((one) => Buffer.from(one).toString('hex'))
const referenceLeaves = vectors.leaves.map((input) => leafHash(hex(input)))

/** The hash of a range by the definition of RFC 9162 Section 2.1.1. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length < 2) return joinHashes(leaves)
  const split = splitOf(leaves.length)
  return nodeHash(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

/** The hashes a plan asks for, by the definition. */
function hashesOf(plan: ProofPlan, leaves: readonly Uint8Array[]): Uint8Array[] {
  return plan.map((subtrees) =>
    joinHashes(
      subtrees.map(({ level, index }) => treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))),
    ),
  )
}

describe('the reference tree of Certificate Transparency', () => {
  it('has its roots, at once and leaf by leaf', () => {
    const tree = createGrowingTree()
    expect(inHex([tree.root()])).toEqual(vectors.roots.slice(0, 1))
    for (const [index, leaf] of referenceLeaves.entries()) {
      tree.append(leaf)
      const root = vectors.roots[index + 1]
      expect(inHex([tree.root(), treeHash(referenceLeaves.slice(0, index + 1))])).toEqual([root, root])
    }
  })

  it.each(vectors.inclusion)('has its proof of leaf $leaf in $size', ({ leaf, size, path }) => {
    const made = hashesOf(inclusionPlan(leaf, size), referenceLeaves)
    expect(inHex(made)).toEqual(path)
    const root = hex(vectors.roots[size] ?? '')
    expect(isIncluded(referenceLeaves[leaf] ?? root, leaf, made, { size, root })).toBe(true)
  })

  it.each(vectors.consistency)('has its proof of $first in $second', ({ first, second, proof }) => {
    const made = hashesOf(consistencyPlan(first, second), referenceLeaves)
    expect(inHex(made)).toEqual(proof)
    const tree = (size: number) => ({ size, root: hex(vectors.roots[size] ?? '') })
    expect(isConsistent(tree(first), tree(second), made)).toBe(true)
  })
})

const leavesOf = (size: number): Buffer[] => Array.from({ length: size }, (_, n) => leafHash(String(n)))
const most = 70
const all = leavesOf(most)
const roots = Array.from({ length: most + 1 }, (_, size) => treeHash(all.slice(0, size)))
const tree = (size: number) => ({ size, root: roots[size] ?? Buffer.alloc(0) })

/** A hash more, a hash less, a hash changed, two swapped. */
function spoilt(proof: readonly Uint8Array[], at: number): Uint8Array[][] {
  const place = proof.length === 0 ? 0 : at % proof.length
  const next = (place + 1) % Math.max(proof.length, 1)
  return [
    [...proof, randomBytes(32)],
    [randomBytes(32), ...proof],
    ...(proof.length === 0 ? [] : [proof.slice(0, -1), proof.slice(1), proof.with(place, randomBytes(32))]),
    ...(proof.length < 2 ? [] : [proof.with(place, proof[next]!).with(next, proof[place]!)]),
  ]
}

const sizes = fc.tuple(fc.integer({ min: 1, max: most }), fc.nat()).map(([size, n]) => ({ size, leaf: n % size }))

describe('proofs', () => {
  it('show every leaf at its place, and at no other, in no other tree, by no other path', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ size, leaf }, at) => {
        const path = hashesOf(inclusionPlan(leaf, size), all)
        const hash = all[leaf]!
        expect(isIncluded(hash, leaf, path, tree(size))).toBe(true)
        for (const other of [leaf - 1, leaf + 1, leaf ^ 2, size, -1, 0.5])
          expect(isIncluded(hash, other, path, tree(size)), String(other)).toBe(false)
        expect(isIncluded(all[(leaf + 1) % most]!, leaf, path, tree(size))).toBe(false)
        expect(isIncluded(hash, leaf, path, { size, root: randomBytes(32) })).toBe(false)
        for (const wrong of spoilt(path, at)) expect(isIncluded(hash, leaf, wrong, tree(size))).toBe(false)
      }),
    )
  })

  it('show every smaller tree as the beginning of a larger one, and no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ size, leaf }, at) => {
        const first = leaf + 1
        const proof = hashesOf(consistencyPlan(first, size), all)
        expect(isConsistent(tree(first), tree(size), proof)).toBe(true)
        expect(isConsistent({ size: first, root: randomBytes(32) }, tree(size), proof)).toBe(false)
        expect(isConsistent(tree(first), { size, root: randomBytes(32) }, proof)).toBe(false)
        expect(isConsistent(tree(size + 1), tree(size), proof)).toBe(false)
        expect(isConsistent({ ...tree(first), size: 0 }, tree(size), proof)).toBe(false)
        for (const wrong of spoilt(proof, at)) expect(isConsistent(tree(first), tree(size), wrong)).toBe(false)
      }),
    )
  })

  it('are not made for what is not in the tree', () => {
    for (const [leaf, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
      [1.5, 5],
    ] as const)
      expect(() => inclusionPlan(leaf, size)).toThrow(RangeError)
    for (const [first, second] of [
      [0, 5],
      [6, 5],
      [1.5, 5],
    ] as const)
      expect(() => consistencyPlan(first, second)).toThrow(RangeError)
  })
})

describe('a growing tree', () => {
  it('goes on from the subtrees it was left with, and tells of those that become complete', () => {
    fc.assert(
      fc.property(sizes, ({ size, leaf }) => {
        const edge = hashesOf(
          subtreesOf(0, leaf).map((one) => [one]),
          all,
        )
        const told: string[] = []
        const grown = createGrowingTree(leaf, edge, ({ level, index }, hash) => {
          expect(inHex([hash])).toEqual(inHex(hashesOf([[{ level, index }]], all)))
          told.push(`${level} ${index}`)
        })
        for (const one of all.slice(leaf, size)) grown.append(one)
        expect(grown.size()).toBe(size)
        expect(inHex([grown.root()])).toEqual(inHex([tree(size).root]))
        const complete = (count: number) => [1, 2, 3, 4, 5, 6].map((level) => Math.floor(count / 2 ** level))
        const expected = complete(size).flatMap((end, n) =>
          Array.from({ length: end - complete(leaf)[n]! }, (_, more) => `${n + 1} ${complete(leaf)[n]! + more}`),
        )
        expect(told.toSorted()).toEqual(expected.toSorted())
      }),
    )
  })

  it('does not start from fewer hashes than it is made of', () => {
    expect(() => createGrowingTree(3, [Buffer.alloc(32)])).toThrow(RangeError)
  })
})

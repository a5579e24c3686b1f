import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { createRequire } from 'node:module'
import { expect, it, vi } from 'vitest'
import { ApolloGateway } from './apollo-gateway.ts'
import { forgetSources } from './forget-sources.ts'

it('finds trees in lists, maps and rings, and touches nothing else', () => {
  const leaf = { sourceAST: { kind: 'Field' }, name: 'leaf' }
  const ring: Record<string, unknown> = {
    sourceAST: undefined,
    members: new Map([[leaf, new Set([{ sourceAST: {} }])]]),
  }
  ring['self'] = [ring, null, 'text']
  expect(forgetSources([ring, undefined])).toBe(2)
  expect(leaf).toEqual({ sourceAST: undefined, name: 'leaf' })
  expect(forgetSources([ring])).toBe(0)
})

it('finds those of a gateway that has read its supergraph', async () => {
  vi.stubEnv('APOLLO_TELEMETRY_DISABLED', 'true')
  const typeDefs = parse('type Query { citizen: Citizen } type Citizen @key(fields: "id") { id: ID! name: String }')
  const { supergraphSdl = '' } = composeServices([{ name: 'one', url: 'http://one.test', typeDefs }])
  const process = (): Promise<never> => Promise.reject(new Error('never asked'))
  const gateway = new ApolloGateway({ supergraphSdl, buildService: () => ({ process }) })
  await gateway.load({})
  expect(forgetSources([Reflect.get(gateway, 'queryPlanner')])).toBeGreaterThan(10)
  await gateway.stop()
})

it('has loaded a gateway that could send nobody anything', () => {
  const loaded = Object.keys(createRequire(import.meta.url).cache).join('\n')
  expect(loaded).toMatch(/@apollo\/gateway\/dist\/utilities\/opentelemetry\.js/)
  expect(loaded).not.toMatch(
    /OTLPMetricExporter\.js|sdk-metrics\/build\/src\/MeterProvider\.js|make-fetch-happen\/lib\/fetch\.js/,
  )
})

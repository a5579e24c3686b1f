import type { Experimental_DidResolveQueryPlanCallback } from '@apollo/gateway'

/** Apollo's plan of an operation. */
export type QueryPlan = Parameters<Experimental_DidResolveQueryPlanCallback>[0]['queryPlan']

type AnyNode = NonNullable<QueryPlan['node']>
/** One step of a plan. */
export type PlanNode = Exclude<AnyNode, { kind: 'Subscription' }>
export type FetchNode = Extract<AnyNode, { kind: 'Fetch' }>

/** A part of the key by which an object is asked for in another subgraph. */
export type KeyPart =
  | { kind: 'Field'; name: string; alias?: string; selections?: KeyPart[] }
  | { kind: 'InlineFragment'; typeCondition?: string; selections: KeyPart[] }

import type { Experimental_DidResolveQueryPlanCallback, GraphQLDataSource } from '@apollo/gateway'

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

type FetchOptions = Pick<Parameters<GraphQLDataSource['process']>[0], 'request' | 'context'>
/** A data source, as far as a plan needs it: what is asked, and for whom. */
export type PlanSource = { process(options: FetchOptions): ReturnType<GraphQLDataSource['process']> }

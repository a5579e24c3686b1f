import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What is counted: outcomes, codes and times. Labels come from closed lists, never from a request. */
export type Metrics = {
  registry: Registry
  answered: (outcome: 'whole' | 'partial' | 'refused', operation: string) => void
  failed: (code: string) => void
  took: (seconds: number, route: string, status: number) => void
}

/** Metrics of one server, in a registry of its own so that two servers of one process don't mix. */
export function createMetrics(registry: Registry = new Registry()): Metrics {
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'graph_answers_total',
    help: 'Answers by outcome: whole, partial (some fields denied), refused (no data)',
    labelNames: ['outcome', 'operation'],
    registers: [registry],
  })
  const errors = new Counter({
    name: 'graph_errors_total',
    help: 'Errors in answers by code of the catalogue',
    labelNames: ['code'],
    registers: [registry],
  })
  const times = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers: [registry],
  })
  return {
    registry,
    answered: (outcome, operation) => answers.inc({ outcome, operation }),
    failed: (code) => errors.inc({ code }),
    took: (seconds, route, status) => times.observe({ route, status }, seconds),
  }
}

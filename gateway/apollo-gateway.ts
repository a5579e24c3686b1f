import { createRequire, registerHooks, type LoadHookSync } from 'node:module'

/** The tracer's interface (@opentelemetry/api) is not among them: requests go through it. */
const unused = /\/node_modules\/(@opentelemetry\/(exporter|resource|sdk|semantic)|(make-fetch-happen|whatwg-url)\/)/

const withoutUnused: LoadHookSync = (url, context, next) =>
  unused.test(url) ? { format: 'commonjs', source: '', shortCircuit: true } : next(url, context)

/**
 * @apollo/gateway without what it loads only to send its maker usage data, and to fetch by an HTTP client of its own:
 * neither is ever called here, and together they hold 15 MB for as long as the process runs.
 */
export const { ApolloGateway } = gatewayWithoutUnused()

function gatewayWithoutUnused(): typeof import('@apollo/gateway') {
  const hooks = registerHooks({ load: withoutUnused })
  try {
    return createRequire(import.meta.url)('@apollo/gateway') as typeof import('@apollo/gateway')
  } finally {
    hooks.deregister()
  }
}

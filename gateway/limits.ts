/** What the server takes at most. What one operation may ask for stands in policy/operation/limits.ts. */
export const limits = Object.freeze({
  /** Bytes of a request body. */
  body: 256 * 1024,
  /** Bytes that are read from the socket so that a refusal still arrives; beyond, the connection is closed. */
  drained: 4 * 1024 * 1024,
  /** Milliseconds until an answer is given up. */
  deadline: 20_000,
  /** Questions a minute from one address without a token: who shows none can't be counted in any other way. */
  questionsUnsigned: 1200,
  /** Downloads of open data a minute from one address, answered from a cache or not. */
  downloads: 120,
  /** Seconds a download is kept, here and by whoever stands between; figures change once a day. */
  downloadsKept: 300,
})

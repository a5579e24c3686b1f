/** What one request may ask for at most. Larger needs are met by paging and by several requests. */
export const limits = Object.freeze({
  /** Bytes of a request body. */
  body: 256 * 1024,
  /** Bytes that are read from the socket so that a refusal still arrives; beyond, the connection is closed. */
  drained: 4 * 1024 * 1024,
  /** Lexical tokens of a document: bounds parsing and validation before either begins. */
  tokens: 2500,
  /** Open braces, brackets and parentheses at any point of the text. */
  nesting: 60,
  /** Aliases of a document: each is another answer to the same field. */
  aliases: 200,
  /** Root fields of an operation, fragments included: each may be another person. */
  roots: 50,
  /** Questions about the schema (`__schema`, `__type`) of an operation; an alias within one counts as another. */
  introspections: 2,
  /** Fields under fields, fragments included. */
  depth: 25,
  /** Fields of an operation with its fragments written out. */
  fields: 3000,
  /** Values an operation may produce: fields times the lengths of the lists they stand in. */
  cost: 50_000,
  /** Rows of a page. */
  page: 100,
  /** Milliseconds until an answer is given up. */
  deadline: 20_000,
  /** Questions a minute from one address without a token: who shows none can't be counted in any other way. */
  questionsUnsigned: 1200,
  /** Downloads of open data a minute from one address, answered from a cache or not. */
  downloads: 120,
  /** Seconds a download is kept, here and by whoever stands between; figures change once a day. */
  downloadsKept: 300,
})

/** Rows a list is taken to have where nothing says how many. */
export const assumedRows = Object.freeze({ page: 20, list: 10 })

/** What one operation may ask for at most. Larger needs are met by paging and by several requests. */
export const most = Object.freeze({
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
  /** Mistakes of a document that are told: validation ends there. */
  mistakes: 10,
})

/** Rows a list is taken to have where nothing says how many. */
export const assumedRows = Object.freeze({ page: 20, list: 10 })

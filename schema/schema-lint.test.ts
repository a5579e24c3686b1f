import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const eslint = new ESLint({ cwd: root })
const lint = async (file: string, text: string): Promise<string[]> => {
  const [result] = await eslint.lintText(text, { filePath: join(root, file), warnIgnored: true })
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`)
}
const linted = (text: string) => lint('subgraphs/catalogue/schema.graphql', text)

describe('the schema lint', () => {
  it('passes names and descriptions that keep to the style', async () => {
    const sound = `
      "Đơn vị. A unit."
      type Unit { "Mã. Code." code(
        "Ngày. Day."
        asOf: String
      ): String }
      "Loại. Kind."
      enum Kind { "Nam. Male." MALE }`
    expect(await linted(sound)).toEqual([])
  })

  it.each([
    ['a type without a description', 'type Unit { "Mã. Code." code: String }', 'require-description'],
    ['a field without one', '"Đơn vị. A unit." type Unit { code: String }', 'require-description'],
    ['an argument without one', 'type Query { "Mã. Code." code(at: Int): String }', 'require-description'],
    ['an enum value without one', '"Loại. Kind." enum Kind { A }', 'require-description'],
    ['a description in one language', '"Đơn vị" type Unit { "Mã. Code." code: String }', 'no-restricted-syntax'],
    ['a field not in camelCase', 'type Query { "Mã. Code." Code_x: String }', 'naming-convention'],
    ['a type not in PascalCase', '"Đơn vị. A unit." type unit { "Mã. Code." code: String }', 'naming-convention'],
    ['an enum value not in capitals', '"Loại. Kind." enum Kind { "Một. One." one }', 'naming-convention'],
    [
      'a comment in place of a description',
      '# A unit.\ntype Unit { "Mã. Code." code: String }',
      'no-hashtag-description',
    ],
  ])('refuses %s', async (_what, text, rule) => {
    expect(await linted(text)).toContainEqual(expect.stringContaining(rule))
  })

  it('holds for the words of the classification', async () => {
    const file = 'schema/directives.graphql'
    const text = readFileSync(join(root, file), 'utf8')
    expect(await lint(file, text)).toEqual([])
    expect(await lint(file, text.replace('"Dữ liệu mở. Open data."', ''))).not.toEqual([])
  })
})

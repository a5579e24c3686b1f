/** The text itself where it satisfies the test; undefined for everything else. */
export function textThat(isValid: (text: string) => boolean): (value: unknown) => string | undefined {
  return (value) => (typeof value === 'string' && isValid(value) ? value : undefined)
}

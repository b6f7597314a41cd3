import { createHash } from 'node:crypto'

/** One statement with its parameters. The name makes Postgres keep its plan. */
export interface Statement {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

const prepared = new WeakMap<
  TemplateStringsArray,
  { readonly name: string; readonly text: string }
>()

/**
 * A statement whose holes become parameters, never text. The same template is always the same
 * named prepared statement.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Statement {
  let known = prepared.get(strings)
  if (!known) {
    const text = strings.reduce((so, part, index) => `${so}$${index}${part}`)
    known = { name: createHash('sha256').update(text).digest('base64url').slice(0, 40), text }
    prepared.set(strings, known)
  }
  return { ...known, values }
}

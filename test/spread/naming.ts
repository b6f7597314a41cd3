import type pg from 'pg'
import type { SpreadTable } from '#platform/db'

/** A step of a plan, of which only what is looked at is known. */
interface Step {
  readonly 'Relation Name'?: string
  readonly Schema?: string
  readonly Operation?: string
  readonly Alias?: string
  readonly Plans?: readonly Step[]
  readonly [fact: string]: unknown
}

/**
 * The tables that a statement reads or writes without naming the value by which they are spread, as
 * its plan shows: the planner carries a named practice through joins just as Citus does. Also where a
 * written value is a query of its own, or tables that are spread apart are put together, which Citus
 * refuses.
 */
export async function notNaming(
  client: pg.Client,
  tables: readonly SpreadTable[],
  text: string,
): Promise<readonly string[]> {
  const found: string[] = []
  if (/\bvalues\s*\([^;]*\(\s*select\b/i.test(text)) found.push('values ((select …))')
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Step }[] }>(
    `explain (generic_plan, verbose, format json) ${text}`,
  )
  const [row] = rows
  const plans = (row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => stepsOf(Plan))
  const steps = plans.flatMap((step) => {
    const name = `${step.Schema ?? ''}.${step['Relation Name'] ?? ''}`
    const table = tables.find((one) => one.name === name)
    return table ? [{ step, table }] : []
  })
  const whole = steps.flatMap(({ step, table }) => (table.by ? [] : [step.Alias ?? '']))
  for (const { step, table } of steps) {
    if (table.by === undefined || step.Operation !== undefined) continue
    if (!names(step, table.by, whole)) found.push(table.name)
  }
  const groups = new Set(
    steps.flatMap(({ table: { by, beside, name } }) => (by ? [beside ?? name] : [])),
  )
  if (groups.size > 1) found.push([...groups].toSorted().join(' with '))
  return [...new Set(found)].toSorted()
}

const stepsOf = (step: Step): readonly Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)]

/**
 * By a parameter, a setting of the transaction, or a row beside it that is itself found by one: not
 * by one of a table that every machine has whole.
 */
function names(step: Step, by: string, whole: readonly string[]): boolean {
  const conditions = ['Index Cond', 'Recheck Cond', 'Filter', 'One-Time Filter', 'TID Cond']
    .map((name) => step[name])
    .filter((value) => typeof value === 'string')
    .join(' ')
  const named = new RegExp(
    `\\b${by}\\)?(?:::text)? = (?:ANY )?\\(*(?:\\$\\d|current_setting|'|(\\w+)\\.)`,
    'g',
  )
  return [...conditions.matchAll(named)].some(([, alias]) => !whole.includes(alias ?? '-'))
}

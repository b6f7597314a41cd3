import pg from 'pg'
import { newId } from '#kernel/id'
import type { SentStatement } from '#platform/db'

const connections = 16
const uuids = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g

/**
 * Runs the statements of one piece of work, as captured once, straight from the driver for some
 * seconds: what the database alone can do. `renew` says which captured values stand for something
 * else in the `turn`th run, such as the slot; ids that nothing else names are made anew. Ends when
 * `renew` gives `undefined`. Gives runs a second.
 */
export async function replay(
  databaseUrl: string,
  sent: readonly SentStatement[],
  seconds: number,
  renew: (turn: number) => ReadonlyMap<string, string> | undefined,
  kept: ReadonlySet<string>,
): Promise<number> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    options:
      '-c role=patient_online -c timezone=UTC -c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
  })
  pool.on('error', () => undefined)
  let turn = 0
  let done = 0
  let refused = 0
  /** Whether there was anything left to do. What somebody else was faster with is left out. */
  const once = async (client: pg.PoolClient): Promise<boolean> => {
    const values = renew(turn++)
    if (!values) return false
    const fresh = new Map<string, string>()
    try {
      for (const statement of sent) await run(client, statement, { values, fresh, kept })
      done++
    } catch (fault) {
      const isOvertaken = fault instanceof pg.DatabaseError && fault.code === 'PO001'
      if (!isOvertaken || ++refused > 100 + done) throw fault
      await client.query('rollback')
    }
    return true
  }
  let took = 0
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()))
  for (const client of clients) client.on('error', () => undefined)
  try {
    // Each connection plans each statement once: that is over before anything is counted.
    await Promise.all(clients.map(once))
    done = 0
    const began = performance.now()
    const until = began + seconds * 1000
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < until && (await once(client))) continue
      }),
    )
    took = performance.now() - began
  } finally {
    for (const client of clients) client.release()
    await pool.end()
  }
  return (done / took) * 1000
}

/**
 * Prints how the database goes about each statement of one piece of work, with what each step cost.
 * Nothing stays written.
 */
export async function explain(
  databaseUrl: string,
  name: string,
  sent: readonly SentStatement[],
  values: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
): Promise<void> {
  const renewing = { values, fresh: new Map<string, string>(), kept }
  const client = new pg.Client({
    connectionString: databaseUrl,
    options:
      '-c role=patient_online -c timezone=UTC -c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
  })
  client.on('error', () => undefined)
  await client.connect()
  for (const statement of sent) {
    if (statement.name === undefined) {
      if (statement.text === 'commit') await client.query('rollback')
      else await run(client, statement, renewing)
      continue
    }
    // Once to warm what is kept, once to be looked at.
    await client.query('savepoint once')
    await run(client, statement, renewing)
    await client.query('rollback to once')
    // As it is kept: a plan made for these very values would be another.
    const values = statement.values.map((value) => literal(renewed(value, renewing)))
    const { rows } = await client.query<{ readonly 'QUERY PLAN': string }>(
      `explain (analyze, buffers, verbose off) execute ${pg.escapeIdentifier(statement.name)}${
        values.length > 0 ? ` (${values.join(', ')})` : ''
      }`,
    )
    console.log(`\n-- ${name}\n${statement.text}\n`)
    for (const row of rows) console.log(row['QUERY PLAN'])
  }
  await client.end()
}

/** A parameter as text of a statement. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (!Array.isArray(value)) return pg.escapeLiteral(asText(value))
  const quoted = value.map((one) => `"${asText(one).replaceAll(/["\\]/g, '\\$&')}"`)
  return pg.escapeLiteral(`{${quoted.join(',')}}`)
}

function asText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

interface Renewing {
  readonly values: ReadonlyMap<string, string>
  readonly fresh: Map<string, string>
  readonly kept: ReadonlySet<string>
}

async function run(
  client: pg.ClientBase,
  { text, name, values }: SentStatement,
  renewing: Renewing,
): Promise<void> {
  if (name === undefined) {
    let now = text
    for (const [from, to] of renewing.values) now = now.replaceAll(from, to)
    await client.query(now)
    return
  }
  await client.query({
    name,
    text,
    values: values.map((value) => renewed(value, renewing)),
    rowMode: 'array',
  })
}

function renewed(value: unknown, renewing: Renewing): unknown {
  if (Array.isArray(value)) return value.map((one) => renewed(one, renewing))
  const text = value instanceof Date ? value.toISOString() : value
  if (typeof text !== 'string') return value
  const { values, fresh, kept } = renewing
  const known = values.get(text)
  if (known !== undefined) return known
  return text.replaceAll(uuids, (id) => {
    const other = values.get(id) ?? fresh.get(id)
    if (other !== undefined) return other
    if (kept.has(id)) return id
    const made = newId(new Date())
    fresh.set(id, made)
    return made
  })
}

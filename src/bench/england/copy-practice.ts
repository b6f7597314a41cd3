import type pg from 'pg'
import { clientFor, spreadTables, type DatabaseSettings, type SpreadTable } from '#platform/db'

/** What is not copied: each practice's trail is sealed by its own server, and jobs are its own. */
const passedOver = /^(audit|jobs|migrations|uptake)\./

/**
 * The id that something of the practice copied from has in its `nth` copy. It keeps the time it was
 * made, so that copies sort as what they were made from; by its version it is none that was made.
 */
export function copiedId(id: string, nth: number): string {
  return `${id.slice(0, 14)}8${id.slice(15, 24)}${nth.toString(16).padStart(4, '0')}${id.slice(28)}`
}

const idInSql = (column: string) =>
  `(left(${column}::text, 14) || '8' || substr(${column}::text, 16, 9)
    || lpad(to_hex(copy.nth), 4, '0') || right(${column}::text, 8))::uuid`

/**
 * Copies a whole practice with its patients' accounts and sign-ins, everything that is stored of it,
 * to practices that are not there yet: a statement for each table, past the application, with ids by
 * `copiedId`. Foreign keys hold because they hold in what is copied, and are not checked again.
 */
export async function copyPractice(
  settings: DatabaseSettings,
  from: string,
  copies: readonly { readonly practice: string; readonly nth: number }[],
): Promise<void> {
  if (copies.length === 0) return
  const client = clientFor(settings, 'patient-online-copying')
  await client.connect()
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`)
    const tables = (await spreadTables(client)).filter(({ name }) => !passedOver.test(name))
    const codes = copies.map(({ practice }) => practice)
    const numbers = copies.map(({ nth }) => nth)
    for (const table of tables) {
      const text = await copyingStatement(client, table)
      if (text !== undefined) await client.query(text, [from, codes, numbers])
    }
  } finally {
    await client.end()
  }
}

interface Column {
  readonly name: string
  readonly type: string
}

async function copyingStatement(
  client: pg.Client,
  { name, by }: SpreadTable,
): Promise<string | undefined> {
  const { rows } = await client.query<Column>(
    `select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type
     from pg_attribute
     where attrelid = $1::regclass
       and attnum > 0
       and not attisdropped
       and attgenerated = ''
     order by attnum`,
    [name],
  )
  const has = (column: string) => rows.some((one) => one.name === column)
  const which = has('practice')
    ? 'original.practice = $1'
    : has('account_id') && by !== 'token_hash'
      ? 'original.account_id in (select account_id from accounts.link where practice = $1)'
      : undefined
  if (which === undefined) return undefined
  return `
    insert into ${name} (${rows.map((one) => one.name).join(', ')})
    select ${rows.map(copied).join(', ')}
    from ${name} as original
    cross join unnest($2::text[], $3::integer[]) as copy (practice, nth)
    where ${which}
    order by copy.nth`
}

function copied({ name, type }: Column): string {
  if (name === 'practice') return 'copy.practice'
  const column = `original.${name}`
  if (name === 'email') return `lower(copy.practice) || '.' || ${column}`
  if (type === 'uuid') return idInSql(column)
  if (type === 'uuid[]')
    return `(select array_agg(${idInSql('one')} order by place)
      from unnest(${column}) with ordinality as listed (one, place))`
  return column
}

import type pg from 'pg'

/** How a table is spread over the machines of a cluster. */
export interface SpreadTable {
  /** Schema and name, with a point between. */
  readonly name: string
  /** The column by which its rows are spread; absent where every machine has the whole table. */
  readonly by?: string
  /** The table beside whose rows those of the same value lie; absent for the first of its kind. */
  readonly beside?: string
}

interface Found {
  readonly name: string
  readonly key: readonly string[]
}

const firstOfPractices = 'directory.practice'
const firstOfAccounts = 'accounts.account'

/** What is found by something else than the account that it belongs to, and joined with nothing. */
const otherKeys: ReadonlyMap<string, string> = new Map([
  ['accounts.begun', 'token_hash'],
  ['accounts.try_tally', 'key_hash'],
])

/**
 * How an account is found: few columns, written once for each, and joined with it. Each machine has
 * them whole, because Citus joins rows that lie apart with nothing but such tables.
 */
const wholeEverywhere: ReadonlySet<string> = new Set([
  'accounts.email_address',
  'accounts.nhs_login',
])

/**
 * Every table of ours but the list of migrations, and how it is to be spread: by practice, by
 * account, or whole on each machine. Those that others lie beside come first.
 */
export async function spreadTables(client: pg.ClientBase): Promise<readonly SpreadTable[]> {
  const { rows } = await client.query<Found>(`
    select format('%I.%I', schema.nspname, class.relname) as name,
      coalesce((
        select array_agg(attribute.attname::text order by key.place)
        from pg_index, unnest(pg_index.indkey) with ordinality as key (attnum, place)
        join pg_attribute attribute on attribute.attnum = key.attnum
        where pg_index.indrelid = class.oid
          and pg_index.indisprimary
          and attribute.attrelid = class.oid), '{}') as key
    from pg_class class
    join pg_namespace schema on schema.oid = class.relnamespace
    where class.relkind = 'r'
      and class.relowner = 'patient_online_owner'::regrole
      and schema.nspname <> 'migrations'
    order by 1`)
  const all = rows.map(placed)
  return all.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

function placed({ name, key }: Found): SpreadTable {
  if (wholeEverywhere.has(name)) return { name }
  const other = otherKeys.get(name)
  if (other !== undefined) return { name, by: other }
  const [by] = key
  if (by !== 'practice' && by !== 'account_id') return { name }
  const first = by === 'practice' ? firstOfPractices : firstOfAccounts
  return name === first ? { name, by } : { name, by, beside: first }
}

function rank({ by, beside }: SpreadTable): number {
  if (by === undefined) return 0
  return beside === undefined ? 1 : 2
}

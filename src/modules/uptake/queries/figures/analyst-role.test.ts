import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'

/** What analysts may read: counts, where places lie, and who may return figures. */
const counts = [
  'uptake.approval',
  'uptake.equity_month',
  'uptake.place',
  'uptake.practice_month',
  'uptake.practice_place',
  'uptake.public_month',
  'uptake.roll_up',
  'uptake.third_next',
]

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await makeDatabase()
  client = new pg.Client({ connectionString: database.settings.connectionString })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

async function tables(kinds = 'rvmp'): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where position(c.relkind in '${kinds}') > 0
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by 1`)
  return rows.map((row) => row.name)
}

/** Tries a statement as the analyst, and takes it back. */
async function mayRun(text: string): Promise<boolean> {
  await client.query('begin; set local role po_analyst')
  try {
    await client.query(text)
    return true
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === '42501') return false
    throw fault
  } finally {
    await client.query('rollback')
  }
}

describe('the role of analysts', () => {
  test('reads counts, and of everything else nothing', async () => {
    const all = await tables()
    expect(all.length).toBeGreaterThan(60)
    const readable: string[] = []
    for (const table of all) if (await mayRun(`select from ${table} limit 1`)) readable.push(table)
    expect(readable).toEqual(counts)
  })

  test('changes nothing, not even counts', async () => {
    for (const table of await tables('rp'))
      expect(await mayRun(`delete from ${table} where false`), table).toBe(false)
  })

  test('is no other role, and owns nothing', async () => {
    const { rows } = await client.query<{ member: string }>(`
      select role.rolname as member
      from pg_auth_members
      join pg_roles role on role.oid = roleid
      join pg_roles who on who.oid = member
      where who.rolname = 'po_analyst'
      union all
      select relname from pg_class join pg_roles on pg_roles.oid = relowner
      where rolname = 'po_analyst'`)
    expect(rows).toEqual([])
  })
})

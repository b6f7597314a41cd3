import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { distribute, spreadTables, type SpreadTable } from '#platform/db'
import { databaseSettings, makeDatabase } from './support/database.ts'
import { sourceStatements } from './support/statements.ts'
import { standInCluster } from './spread/cluster.ts'
import { notNaming } from './spread/naming.ts'
import { allowed } from './spread/allowed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** DESIGN section 3: what lets the schema run unchanged on Citus, checked without a cluster at hand. */
describe('the schema, spread over machines', () => {
  let client: pg.Client
  let tables: readonly SpreadTable[]

  beforeAll(async () => {
    client = new pg.Client(await databaseSettings())
    await client.connect()
    tables = await spreadTables(client)
    // As a transaction has them, for views that ask.
    const id = '00000000-0000-7000-8000-000000000000'
    await client.query(`set app.practice = 'A81001'; set app.patient = '${id}'`)
    await client.query(`set app.account = '${id}'`)
    // Tables are empty here: without this a plan would read them whole rather than look a row up.
    await client.query('set enable_hashjoin = off; set enable_mergejoin = off')
  })
  afterAll(() => client.end())

  const broken = async (text: string): Promise<readonly unknown[]> =>
    (await client.query<Record<string, unknown>>(text)).rows
  const ours = `class.relowner = 'patient_online_owner'::regrole`

  test('has tables of practices, of accounts, and small ones that every machine has whole', () => {
    const count = (by: string | undefined) => tables.filter((one) => one.by === by).length
    expect(count('practice')).toBeGreaterThan(70)
    expect(count('account_id')).toBeGreaterThan(5)
    expect(tables.filter((one) => one.by === undefined).map((one) => one.name)).toEqual([
      'accounts.email_address',
      'accounts.nhs_login',
      'prescriptions.pharmacy',
      'uptake.place',
      'uptake.public_month',
      'uptake.roll_up',
    ])
  })

  test('has the practice first in each key of a practice’s table, and it is never absent', async () => {
    const wrong = await broken(`
      select pg_index.indexrelid::regclass::text as index
      from pg_index
      join pg_class class on class.oid = pg_index.indrelid
      join pg_attribute practice
        on practice.attrelid = class.oid and practice.attname = 'practice'
      where ${ours}
        and (pg_index.indisunique or pg_index.indisexclusion)
        and class.oid::regclass::text not like 'accounts.%'
        and (pg_index.indkey[0] <> practice.attnum or not practice.attnotnull)`)
    expect(wrong).toEqual([])
  })

  test('has the column that spreads it in every unique index of an account’s table', async () => {
    const wrong: string[] = []
    for (const { name, by } of tables.filter((one) => one.by !== 'practice' && one.by)) {
      const { rows } = await client.query<{ index: string }>(
        `select indexrelid::regclass::text as index
         from pg_index
         where indrelid = $1::regclass
           and indisunique
           and not exists (
             select from pg_attribute
             where attrelid = indrelid and attname = $2 and attnum = any (indkey))`,
        [name, by],
      )
      wrong.push(...rows.map(({ index }) => index))
    }
    expect(wrong).toEqual([])
  })

  test('has foreign keys within a practice, or to a table that every machine has', async () => {
    const whole = tables.filter((one) => one.by === undefined).map((one) => one.name)
    const { rows } = await client.query<{ name: string }>(
      `select conrelid::regclass || ' ' || conname as name
       from pg_constraint
       join pg_class class on class.oid = conrelid
       where contype = 'f'
         and ${ours}
         and not confrelid = any ($1::text[]::regclass[])
         and not exists (
           select
           from pg_attribute here, pg_attribute there
           where here.attrelid = conrelid and here.attname = 'practice'
             and there.attrelid = confrelid and there.attname = 'practice'
             and conkey[1] = here.attnum and confkey[1] = there.attnum)`,
      [whole],
    )
    expect(rows).toEqual([])
  })

  test('has no triggers, sequences, identities, or functions in its place', async () => {
    expect(await broken('select tgname from pg_trigger where not tgisinternal')).toEqual([])
    expect(
      await broken(`select relname from pg_class class where relkind = 'S' and ${ours}`),
    ).toEqual([])
    expect(
      await broken(`
        select attrelid::regclass::text, attname
        from pg_attribute
        join pg_class class on class.oid = attrelid
        where ${ours} and attidentity <> ''`),
    ).toEqual([])
    expect(
      await broken(
        `select proname from pg_proc where proowner = 'patient_online_owner'::regrole and prokind = 'p'`,
      ),
    ).toEqual([])
  })

  test('is asked by statements that name the practice, but for those that say why not', async () => {
    const statements = sourceStatements(root).filter(({ file }) => !file.startsWith('src/bench/'))
    const found = new Set<string>()
    for (const { file, text } of statements) {
      const wrong = await notNaming(client, tables, text)
      if (wrong.length > 0) found.add(`${file}: ${wrong.join(', ')}`)
    }
    expect([...found].filter((one) => !allowed.has(one))).toEqual([])
    expect([...allowed.keys()].filter((one) => !found.has(one))).toEqual([])
  })
})

describe('distribute', () => {
  test('says so where there is no Citus, and changes nothing', async () => {
    const database = await makeDatabase()
    expect(await distribute(database.settings, { shards: 4, tell: () => undefined })).toEqual({
      missing: 'available',
    })
    await database.drop()
  })

  test('spreads each table once, with no key in the way, and puts every key back', async () => {
    const database = await makeDatabase()
    const cluster = await standInCluster(database.settings)
    const before = await cluster.keys()
    const first = await distribute(database.settings, { shards: 4, tell: () => undefined })
    expect(await cluster.keys()).toEqual(before)
    expect('spread' in first && first.spread.map(({ name }) => name)).toEqual(
      await cluster.spread(),
    )
    expect((await cluster.spread()).length).toBeGreaterThan(100)
    const again = await distribute(database.settings, { shards: 4, tell: () => undefined })
    expect(again).toMatchObject({ spread: [], before: (await cluster.spread()).length })
    await cluster.close()
    await database.drop()
  })

  test('goes on where it was ended half way', async () => {
    const database = await makeDatabase()
    const cluster = await standInCluster(database.settings)
    const before = await cluster.keys()
    await cluster.failAt('record.entry')
    await expect(
      distribute(database.settings, { shards: 4, tell: () => undefined }),
    ).rejects.toThrow('out of reach')
    await cluster.failAt('')
    await distribute(database.settings, { shards: 4, tell: () => undefined })
    expect(await cluster.keys()).toEqual(before)
    await cluster.close()
    await database.drop()
  })
})

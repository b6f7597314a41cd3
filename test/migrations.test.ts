import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '#platform/db'
import { breachesOf } from './migrations/rules.ts'
import { emptyDatabase } from './support/database.ts'

const folder = fileURLToPath(new URL('../database/migrations', import.meta.url))
const firstUnderRules = '0034'

/**
 * Written before the rules and before anybody ran an earlier version: these alone may break them, and
 * no later one is added here.
 */
const before = /^00(?:3[4-9]|4[0-3])_/

describe('migrations from 0034 on', () => {
  const files = readdirSync(folder).filter((name) => name >= firstUnderRules)

  test('can run while the version before serves', () => {
    expect(files.length).toBeGreaterThan(3)
    const found = files
      .filter((name) => !before.test(name))
      .flatMap((name) =>
        breachesOf(readFileSync(join(folder, name), 'utf8')).map(
          ({ rule, statement }) => `${name}: ${rule}: ${statement}`,
        ),
      )
    expect(found).toEqual([])
  })

  test.each([
    ['alter table a.b rename column c to d', 'a rename'],
    ['alter table a.b drop column c', 'a rename'],
    ['drop view a.b', 'a rename'],
    ['alter table a.b alter column c type bigint', 'a change of type'],
    ['alter table a.b alter column c set not null', 'a column that may not be absent'],
    ['alter table a.b add column c text not null, add column d int default 1', 'a column that'],
    ['alter table a.b add column c uuid default gen_random_uuid()', 'a default that differs'],
    ['alter table a.b add constraint c check (d > 0)', 'a constraint that is checked'],
    ['alter table a.b add foreign key (c) references a.d', 'a constraint that is checked'],
    ['alter table a.b add constraint c unique (d)', 'a constraint with an index'],
    ['alter table a.b validate constraint c', 'a constraint is validated'],
    ['create index c on a.b (d)', 'an index is built'],
    ['create index concurrently if not exists c on a.b (d)', 'an index is built'],
    ['drop index a.c', 'an index is built'],
    ['update a.b set c = 1', 'rows that are there'],
    ['insert into a.b (c) select d from a.e', 'rows that are there'],
    ['lock table a.b', 'a lock is held'],
    ['-- Outside a transaction: x\ncreate table a.b (c int)', 'outside a transaction'],
  ])('would be refused: %s', (text, rule) => {
    expect(breachesOf(text).map((breach) => breach.rule)).toContainEqual(
      expect.stringContaining(rule),
    )
  })

  test.each([
    'create table a.b (c int not null); create index d on a.b (c); insert into a.b select 1',
    "alter table a.b add column c text not null default 'x'",
    'alter table a.b add constraint c check (d > 0) not valid',
    '-- Outside a transaction: large.\ncreate index concurrently if not exists c on a.b (d)',
    '-- Outside a transaction: large.\nalter table a.b validate constraint c',
    "-- No downtime: one row for each practice.\nupdate a.b set c = 'rename; drop'",
    'drop view a.v; create view a.v as select 1',
    "do $$ begin execute 'drop table x'; end $$",
  ])('would be let in: %s', (text) => {
    expect(breachesOf(text)).toEqual([])
  })
})

describe('migrate', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>
  let scripts: string
  let client: pg.Client

  beforeEach(async () => {
    database = await emptyDatabase()
    scripts = mkdtempSync(join(tmpdir(), 'patient-online-migrations-'))
    write('0001_first.sql', 'create schema a; create table a.b (c int)')
    await migrate(database.settings, scripts)
    client = new pg.Client(database.settings)
    await client.connect()
  })
  afterEach(async () => {
    await client.end()
    rmSync(scripts, { recursive: true })
    await database.drop()
  })

  const write = (name: string, text: string) => writeFileSync(join(scripts, name), text)
  const isValid = async () =>
    (
      await client.query<{ indisvalid: boolean }>(
        `select indisvalid from pg_index where indexrelid = to_regclass('a.d')`,
      )
    ).rows.map((row) => row.indisvalid)

  test('builds an index without a transaction, anew where its building was ended', async () => {
    const wanted = 'create unique index concurrently if not exists d on a.b (c);'
    write('0002_index.sql', `-- Outside a transaction: the table is large.\n${wanted}`)
    await client.query('insert into a.b values (1), (1)')
    await expect(migrate(database.settings, scripts)).rejects.toThrow('0002_index.sql failed')
    expect(await isValid()).toEqual([false])
    await client.query('delete from a.b where ctid = (select min(ctid) from a.b)')
    expect(await migrate(database.settings, scripts)).toEqual(['0002_index.sql'])
    expect(await isValid()).toEqual([true])
    expect(await migrate(database.settings, scripts)).toEqual([])
  })

  test('lets others by while it waits for a lock, and tries again', async () => {
    write('0002_column.sql', 'alter table a.b add column e int')
    const reader = new pg.Client(database.settings)
    await reader.connect()
    await reader.query('begin')
    await reader.query('select from a.b')
    const migrated = migrate(database.settings, scripts)
    await expect
      .poll(
        async () =>
          (await client.query('select from pg_locks where not granted')).rowCount === 0 &&
          (await client.query(`select from pg_locks where locktype = 'advisory'`)).rowCount,
        { timeout: 10_000 },
      )
      .toBe(1)
    await client.query('insert into a.b values (2)')
    await reader.query('commit')
    expect(await migrated).toEqual(['0002_column.sql'])
    await reader.end()
  })

  test('runs once though two servers start at once', async () => {
    write(
      '0002_index.sql',
      '-- Outside a transaction: large.\ncreate index concurrently if not exists d on a.b (c)',
    )
    const both = await Promise.all([1, 2].map(() => migrate(database.settings, scripts)))
    expect(both.flat()).toEqual(['0002_index.sql'])
  })
})

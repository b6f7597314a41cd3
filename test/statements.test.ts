import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseSettings } from './support/database.ts'
import { describeStatement, type Column } from './support/describe.ts'
import { sourceStatements, type Member, type SourceStatement } from './support/statements.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const statements = sourceStatements(root)

const typesOf: Readonly<Record<Member['type'], readonly number[]>> = {
  text: [25, 1043, 19, 2950, 1082],
  number: [20, 21, 23, 700, 701, 1700],
  boolean: [16],
  instant: [1184],
  list: [1009, 1015, 2951, 3802, 114, 1007],
  bytes: [17],
  json: [3802, 114],
}

describe('every statement in the source', () => {
  let client: pg.Client

  beforeAll(async () => {
    client = new pg.Client(await databaseSettings())
    await client.connect()
  })
  afterAll(() => client.end())

  test('is found', () => {
    expect(statements.length).toBeGreaterThan(40)
  })

  test('fits the schema, and its row type names what it gives back', async () => {
    const faults: string[] = []
    for (const statement of statements) {
      const columns = await describeStatement(client, statement.text)
      const place = `${statement.file}:${statement.line}`
      if (columns instanceof Error) faults.push(`${place} ${columns.message}`)
      else faults.push(...rowFaults(statement, columns).map((fault) => `${place} ${fault}`))
    }
    expect(faults).toEqual([])
  })
})

function rowFaults(statement: SourceStatement, columns: readonly Column[]): readonly string[] {
  const { row } = statement
  if (!row) return []
  const given = new Map(columns.map((column) => [camelCase(column.name), column.typeId]))
  const missing = [...row].filter(([name, member]) => !given.has(name) && !member.optional)
  const unknown = [...given.keys()].filter((name) => !row.has(name))
  const different = [...row].filter(([name, member]) => {
    const type = given.get(name)
    return type !== undefined && !typesOf[member.type].includes(type)
  })
  return [
    ...missing.map(([name]) => `the row type has ${name}, which the statement does not give`),
    ...unknown.map((name) => `the statement gives ${name}, which the row type does not have`),
    ...different.map(([name, member]) => `${name} is not ${member.type} in the database`),
  ]
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseOdsCode } from '#kernel/ods-code'
import { parseConfig, type Config } from '#platform/config'
import { sql, systemProof } from '#platform/db'
import { connect, ConnectFailure, type Connection } from './connect.ts'

function aProof() {
  const practice = parseOdsCode('A81001')
  if (!practice.ok) throw new Error('Not an ODS code')
  return systemProof(practice.value)
}

const proof = aProof()

function configured(settings: Readonly<Record<string, string>>): Config {
  const config = parseConfig(settings)
  if (!config.ok) throw new Error(config.refusal.join(', '))
  return config.value
}

describe('connect', () => {
  let dataDir: string
  let connection: Connection

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'patient-online-connect-'))
    connection = await connect(configured({ DATA_DIR: dataDir }), () => new Date())
  })
  afterAll(async () => {
    await connection.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('signs in as a role that cannot take the place of the owner or the superuser', async () => {
    for (const taking of [sql`set role patient_online_owner`, sql`set role postgres`]) {
      await expect(connection.db.transaction(proof, (tx) => tx.run(taking))).rejects.toThrow(
        /permission denied/,
      )
    }
    const row = await connection.db.transaction(proof, async (tx) => {
      await tx.run(sql`reset role`)
      return tx.maybe<{ readonly role: string }>(sql`select current_user::text as role`)
    })
    expect(row?.role).toBe('patient_online')
  })

  test('refuses a second service on the folder, and joins it beside the first', async () => {
    const config = configured({ DATA_DIR: dataDir })
    await expect(connect(config, () => new Date())).rejects.toThrow(ConnectFailure)
    const beside = await connect(config, () => new Date(), { beside: true })
    const row = await beside.db.transaction(proof, (tx) =>
      tx.maybe<{ readonly one: number }>(sql`select 1 as one`),
    )
    await beside.stop()
    expect(row).toEqual({ one: 1 })
    const still = await connection.db.transaction(proof, (tx) =>
      tx.maybe<{ readonly one: number }>(sql`select 1 as one`),
    )
    expect(still).toEqual({ one: 1 })
  })

  test('says in one line that a database cannot be reached, and not its password', async () => {
    const config = configured({ DATABASE_URL: 'postgres://someone:hush@127.0.0.1:1/nothing' })
    const failure = await connect(config, () => new Date()).catch((fault: unknown) => fault)
    expect(failure).toBeInstanceOf(ConnectFailure)
    expect(String(failure)).toMatch(/cannot be reached/)
    expect(String(failure)).not.toMatch(/hush|\n/)
  })
})

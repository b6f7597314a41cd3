import { spawn, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import pg from 'pg'
import { startEmbedded, StartFailure, type EmbeddedDatabase } from './index.ts'
import { isRunning } from './process-table.ts'

/** Most tests share one database, for the time it takes to make one. */
const sharedFolder = realpathSync(mkdtempSync(join(tmpdir(), 'po-postgres-')))
let folder = ''
let dataDir = ''
const opened: EmbeddedDatabase[] = []
const children: ChildProcess[] = []

function useFolder(path: string): void {
  folder = path
  dataDir = join(folder, 'data')
}

function useFreshFolder(): void {
  useFolder(realpathSync(mkdtempSync(join(tmpdir(), 'po-postgres-'))))
}

beforeEach(() => useFolder(sharedFolder))
afterAll(() => removeFolder(sharedFolder))

function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

afterEach(async () => {
  for (const child of children.splice(0)) kill(child.pid)
  await Promise.all(opened.splice(0).map((database) => database.stop()))
  const left = serverPid()
  if (left !== undefined && isRunning(left)) {
    kill(left)
    await until(() => !isRunning(left))
  }
  if (folder !== sharedFolder) removeFolder(folder)
})

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}) {
  const database = await startEmbedded({ dataDir, stopsWithOwner: true, ...options })
  opened.push(database)
  return database
}

async function query<Row extends pg.QueryResultRow>(
  database: EmbeddedDatabase,
  text: string,
): Promise<readonly Row[]> {
  const client = new pg.Client({ ...database.connection, ssl: false })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Runs in a process of its own, so that it can be killed: starts, then writes rows for ever. */
const ownerScript = `
  import { startEmbedded } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
  import pg from ${JSON.stringify(import.meta.resolve('pg'))}
  const [dataDir, work, stopsWithOwner] = process.argv.slice(1)
  try {
    const database = await startEmbedded({ dataDir, stopsWithOwner: stopsWithOwner === 'yes' })
    console.log('up')
    const client = new pg.Client(database.connection)
    client.on('error', () => undefined)
    await client.connect()
    await client.query('drop table if exists kept; create table kept (n int primary key)')
    for (let n = 1; work === 'write'; n += 1) {
      await client.query('insert into kept values ($1)', [n])
      console.log(n)
    }
    setInterval(() => undefined, 1000)
  } catch (fault) {
    console.log(fault.name + ': ' + fault.message)
  }
`

interface OwnerProcess {
  readonly child: ChildProcess
  readonly lines: string[]
}

function runOwner(work: 'write' | 'wait', stopsWithOwner = 'no'): OwnerProcess {
  const args = ['--input-type=module-typescript', '-e', ownerScript, dataDir, work, stopsWithOwner]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const lines: string[] = []
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  return { child, lines }
}

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It was gone already.
  }
}

async function until(isTrue: () => boolean, seconds = 20): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('It did not come about in time')
    await delay(10)
  }
}

function pidFile(): string {
  return join(dataDir, 'cluster', 'postmaster.pid')
}

function serverPid(): number | undefined {
  return existsSync(pidFile()) ? Number(readFileSync(pidFile(), 'utf8').split('\n')[0]) : undefined
}

async function failureOf(starting: Promise<unknown>): Promise<string> {
  const fault: unknown = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(fault).toBeInstanceOf(StartFailure)
  const message = fault instanceof Error ? fault.message : ''
  expect(message.split('\n')).toHaveLength(1)
  return message
}

describe('startEmbedded', () => {
  test('keeps what was written from one start to the next', async () => {
    const first = await start()
    await query(first, 'create table answer as select 42 as n')
    await first.stop()
    expect(serverPid()).toBeUndefined()

    expect(await query(await start(), 'select n from answer')).toEqual([{ n: 42 }])
  })

  test('waits for the disk, listens on no network port, counts in UTC and UTF-8', async () => {
    const [found] = await query(
      await start(),
      `select current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit,
         current_setting('listen_addresses') as addresses,
         current_setting('timezone') as zone,
         current_setting('server_encoding') as encoding,
         lower('ÉCLAIR') as lowered`,
    )
    expect(found).toEqual({
      fsync: 'on',
      commit: 'on',
      addresses: '',
      zone: 'UTC',
      encoding: 'UTF8',
      lowered: 'éclair',
    })
    expect(statSync(dataDir).mode & 0o077).toBe(0)
  })

  test('writes no values of statements into its log, not even of those that fail', async () => {
    const database = await start()
    await query(database, 'create table person (name text primary key)')
    await query(database, `insert into person values ('Ann Patel')`)
    await expect(query(database, `insert into person values ('Ann Patel')`)).rejects.toThrow(
      'person',
    )
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8')
    expect(log).toContain('duplicate key')
    expect(log).not.toContain('Ann')
  })

  test('adopts the server of an owner killed outright, with every acknowledged row', async () => {
    const { child, lines } = runOwner('write')
    await until(() => lines.length > 50)
    kill(child.pid)
    await until(() => child.signalCode === 'SIGKILL')
    // The owner may have had the time to say that its server went.
    const acknowledged = Number(lines.findLast((line) => /^\d+$/.test(line)))
    const orphan = serverPid()

    const database = await start()
    expect(serverPid()).toBe(orphan)
    const [kept] = await query<{ n: number }>(database, 'select count(*)::int as n from kept')
    expect(kept?.n).toBeGreaterThanOrEqual(acknowledged)
  })

  test('has every acknowledged row after owner and server were killed outright', async () => {
    const { child, lines } = runOwner('write')
    await until(() => lines.length > 50)
    kill(serverPid())
    kill(child.pid)
    await until(() => child.signalCode === 'SIGKILL')
    // The owner may have had the time to say that its server went.
    const acknowledged = Number(lines.findLast((line) => /^\d+$/.test(line)))

    const [kept] = await query<{ n: number }>(await start(), 'select count(*)::int as n from kept')
    expect(kept?.n).toBeGreaterThanOrEqual(acknowledged)
  })

  test('starts a server that was killed again, on the same address', async () => {
    const database = await start()
    await query(database, 'create table lucky as select 7 as n')
    const before = serverPid()
    kill(before)
    await until(() => serverPid() !== before)
    let rows: unknown
    await until(() => {
      void query(database, 'select n from lucky').then(
        (found) => (rows = found),
        () => undefined,
      )
      return rows !== undefined
    })
    expect(rows).toEqual([{ n: 7 }])
  })

  test('stops the server after an owner killed outright, where that was asked for', async () => {
    const { child, lines } = runOwner('wait', 'yes')
    await until(() => lines.includes('up'))
    const server = serverPid()
    kill(child.pid)
    await until(() => server !== undefined && !isRunning(server))
  })

  test('is not misled by the pid of a stranger in what a dead server left', async () => {
    await (await start()).stop()
    const cluster = join(dataDir, 'cluster')
    writeFileSync(pidFile(), `${process.ppid}\n${cluster}\n1\n5432\n${dataDir}\n\n\nready\n`)
    writeFileSync(join(dataDir, '.s.PGSQL.5432.lock'), `${process.ppid}\n${cluster}\n`)
    expect(await query(await start(), 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('is not misled by an owner that is dead, or whose pid is now a stranger', async () => {
    await (await start()).stop()
    for (const owner of ['{"pid":4194304}', `{"pid":${process.ppid},"beginning":"x 1"}`, 'torn']) {
      writeFileSync(join(dataDir, 'owner.json'), owner)
      const database = await start()
      await database.stop()
    }
  })

  test('refuses a folder that a live process uses, and says which', async () => {
    await start()
    expect(await failureOf(startEmbedded({ dataDir }))).toBe(
      `Patient Online is already running on the data folder ${dataDir} (process ${process.pid}).`,
    )
  })

  test('lets one of several first starts at once have the folder', async () => {
    useFreshFolder()
    const owners = Array.from({ length: 4 }, () => runOwner('wait'))
    await until(() => owners.every(({ lines }) => lines.length > 0))
    const outcomes = owners.map(({ lines }) => lines.join().replace(/ on the data folder.*/, ''))
    expect(outcomes.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'StartFailure: Patient Online is already running'),
      'up',
    ])
  })

  test('begins afresh where a first start was killed half way', async () => {
    useFreshFolder()
    const { child } = runOwner('wait')
    await until(() => existsSync(dataDir) && newClusters().length > 0)
    kill(child.pid)
    await until(() => child.signalCode === 'SIGKILL')
    expect(existsSync(join(dataDir, 'cluster'))).toBe(false)

    await start()
    expect(newClusters()).toEqual([])
  })

  test('puts the socket in a short folder of its own where the path is too long for one', async () => {
    useFreshFolder()
    dataDir = join(folder, 'n'.repeat(90), 'data')
    const database = await start()
    expect(database.connection.host).not.toContain(folder)
    expect(statSync(database.connection.host).mode & 0o777).toBe(0o700)
    expect(await query(database, 'select 1 as n')).toEqual([{ n: 1 }])
    rmSync(database.connection.host, { recursive: true })
  })

  test('gives the reason in one line where the server cannot start', async () => {
    const message = await failureOf(
      startEmbedded({ dataDir, settings: { shared_buffers: 'many' } }),
    )
    expect(message).toContain('shared_buffers')
  })

  test('gives the reason in one line where the folder cannot be made', async () => {
    useFreshFolder()
    writeFileSync(join(folder, 'file'), '')
    const message = await failureOf(startEmbedded({ dataDir: join(folder, 'file', 'data') }))
    expect(message).toContain('ENOTDIR')
  })

  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'as root runs as the owner of the folder, even inside one closed to all but root',
    async () => {
      useFreshFolder()
      mkdirSync(dataDir, { mode: 0o700 })
      const nobody = 65_534
      chownSync(dataDir, nobody, nobody)
      const database = await start()
      expect(statSync(join(dataDir, 'cluster')).uid).toBe(nobody)
      expect(await query(database, 'select 1 as n')).toEqual([{ n: 1 }])
    },
  )
})

function newClusters(): readonly string[] {
  return readdirSync(dataDir).filter((name) => name.startsWith('cluster.new-'))
}

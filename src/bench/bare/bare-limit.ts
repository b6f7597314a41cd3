import { spawn } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { rounded } from '../figures.ts'
import { openLeanClient } from '../lean-client.ts'
import { watchProcessor } from '../processor.ts'
import { bareTables, bareWork, type BareName } from './bare-work.ts'

const driverConnections = 16

/** One piece of work at its plainest, turns a second from the driver and through a bare Node server. */
export interface BareLimit {
  readonly sqlPerSecond: number
  readonly nodePerSecond: number
  /** Processor time of one turn through the bare server: server, database and client. */
  readonly nodeUs: number
}

/** What this machine does when nothing is asked but the work itself. */
export interface BareLimits {
  of(name: BareName): Promise<BareLimit>
  close(): Promise<void>
}

/** Makes and fills the bare tables beside the service's own, and starts the bare server. */
export async function openBareLimits(
  databaseUrl: string,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
): Promise<BareLimits> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: driverConnections })
  pool.on('error', () => undefined)
  await pool.query(bareTables)
  const server = spawn(process.execPath, [join('.build', 'bare-server.js')], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (message) => resolve(Number(message)))
    server.once('exit', () => reject(new Error('The bare server ended while starting')))
  })
  const client = openLeanClient(port, connections)
  const turns = new Map<BareName, number>()
  const next = (name: BareName) => {
    const turn = turns.get(name) ?? 0
    turns.set(name, turn + 1)
    return turn
  }
  const bySql = async (name: BareName) => {
    const { name: plan, text, values } = bareWork[name].statement(next(name))
    await pool.query({ name: plan, text, values: [...values], rowMode: 'array' })
  }
  const byNode = async (name: BareName) => {
    const path = `/${name}?turn=${next(name)}`
    const isPost = bareWork[name].method === 'POST'
    const { status } = await (isPost ? client.post(path, '', {}) : client.get(path, ''))
    if (status !== 200) throw new Error(`The bare server answered ${status}`)
  }
  return {
    of: async (name) => {
      await perSecond(driverConnections, seconds / 4, () => bySql(name))
      const sql = await perSecond(driverConnections, seconds / 2, () => bySql(name))
      await perSecond(connections, seconds / 4, () => byNode(name))
      const used = await watchProcessor(databaseUrl, server.pid ?? 0)
      const node = await perSecond(connections, seconds / 2, () => byNode(name))
      const { serverCpuSeconds, databaseCpuSeconds, clientCpuSeconds } = await used()
      const cpuSeconds = serverCpuSeconds + databaseCpuSeconds + clientCpuSeconds
      return {
        sqlPerSecond: rounded(sql.perSecond),
        nodePerSecond: rounded(node.perSecond),
        nodeUs: Math.round((cpuSeconds / node.done) * 1e6),
      }
    },
    close: async () => {
      client.close()
      server.kill('SIGKILL')
      await pool.end()
    },
  }
}

async function perSecond(
  lanes: number,
  seconds: number,
  once: () => Promise<void>,
): Promise<{ readonly done: number; readonly perSecond: number }> {
  let done = 0
  const began = performance.now()
  const until = began + seconds * 1000
  const lane = async () => {
    while (performance.now() < until) {
      await once()
      done++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { done, perSecond: (done / (performance.now() - began)) * 1000 }
}

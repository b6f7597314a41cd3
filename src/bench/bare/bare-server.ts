import { createServer } from 'node:http'
import pg from 'pg'
import { bareWork, isBare } from './bare-work.ts'

/**
 * A server that does each piece of work and nothing else: no sign-in, no permission, no page. Started by
 * the benchmark as a process of its own with DATABASE_URL; tells its port by the channel.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 })

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const name = url.pathname.slice(1)
  if (!isBare(name)) {
    response.writeHead(404).end()
    return
  }
  const done = (rows: readonly unknown[]) => {
    const body = JSON.stringify(rows)
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      .end(body)
  }
  const failed = () => response.writeHead(500, { 'content-length': 0 }).end()
  const work = () => {
    const {
      name: plan,
      text,
      values,
    } = bareWork[name].statement(Number(url.searchParams.get('turn')))
    pool.query({ name: plan, text, values: [...values] }).then(({ rows }) => done(rows), failed)
  }
  request.resume()
  request.on('end', work)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.(address.port)
})
process.on('disconnect', () => process.exit())

import { connect, type AddressInfo, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '#platform/log'
import { buildApp } from '../src/app.ts'
import { aSignedInPatient } from './support/app.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'

const sockets: Socket[] = []
const faults: unknown[] = []
let database: TestDatabase
let app: FastifyInstance
let port: number
let cookie: string

/** What no client of ours sends, over connections of their own (DESIGN I-9). */
describe('a sender who sends slowly, in halves, or nonsense', () => {
  beforeAll(async () => {
    database = await makeDatabase()
    const { db } = database
    app = await buildApp({
      db,
      log: { ...openLog('silent'), error: (fault) => faults.push(fault) },
      publicUrl: 'http://localhost',
      showNhsLogo: false,
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
    cookie = (await aSignedInPatient(db, await aPractice(db))).cookie
  })
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await app.close()
    await database.drop()
  })

  test('holds nobody up, though a hundred of them are there', async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, () => open()))
    slow.forEach((socket, index) => socket.write(halves[index % halves.length] ?? ''))
    for (let times = 0; times < 10; times++) {
      const answer = await say(`GET /home HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    }
    expect(slow.every((socket) => !socket.destroyed)).toBe(true)
    for (const socket of slow) socket.destroy()
    expect(await say('GET /health/ready HTTP/1.1\r\nhost: localhost\r\n')).toContain('ready')
    expect(faults).toEqual([])
  })

  test('is answered in the order asked, however many questions come at once', async () => {
    const asked = ['/health/live', '/contact', '/nothing-here', '/privacy']
    const lines = Array.from({ length: 15 }, () => asked)
      .flat()
      .map((path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    const answer = await say(`${lines.join('')}GET / HTTP/1.1\r\nhost: localhost\r\n`)
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status)
    expect(statuses).toEqual([
      ...Array.from({ length: 15 }, () => ['200', '200', '404', '200']).flat(),
      '200',
    ])
  })

  test.each([
    [
      'headers of 20 kB',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n`,
      '431',
    ],
    ['an address of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n`, '431'],
    [
      'two lengths',
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n`,
      '400',
    ],
    [
      'a length and chunks',
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n`,
      '400',
    ],
    [
      'a broken chunk',
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      '400',
    ],
    [
      'a length below nothing',
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n`,
      '400',
    ],
    [
      'more than is taken',
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 99999999\r\n`,
      '413',
    ],
    ['no host', 'GET / HTTP/1.1\r\n', '400'],
    ['NUL in a header', 'GET / HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n', '400'],
    ['a method of its own', 'FETCH / HTTP/1.1\r\nhost: localhost\r\n', '400'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n', '400'],
    ['a broken escape', 'GET /%zz HTTP/1.1\r\nhost: localhost\r\n', '4\\d\\d'],
    ['steps up', 'GET /appointments/../../etc/passwd HTTP/1.1\r\nhost: localhost\r\n', '404'],
    [
      'somebody else’s address',
      'GET http://example.test/home HTTP/1.1\r\nhost: example.test\r\n',
      '(303|404)',
    ],
    ['a tunnel', 'CONNECT example.test:443 HTTP/1.1\r\nhost: example.test\r\n', '(|4\\d\\d)'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nhost: localhost\r\n', '4\\d\\d'],
  ])('is refused, and nothing breaks: %s', async (_, text, status) => {
    const answer = await say(text)
    expect(answer).toMatch(new RegExp(`^(HTTP/1\\.1 ${status} |$)`))
    if (status === '400' || status === '431') expect(answer).not.toBe('')
    expect(faults).toEqual([])
  })
})

const halves = [
  'GET /ho',
  'GET /home HTTP/1.1\r\nhost: localhost\r\ncook',
  'POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\nemail=a',
  'POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n3\r\nema',
  '',
]

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
    sockets.push(socket)
  })
}

/** Sends a request without its end, asks for the connection to be closed, and gives what comes back. */
async function say(text: string): Promise<string> {
  const socket = await open()
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  const closed = new Promise((resolve) => {
    socket.once('close', resolve)
  })
  const isWhole = text.includes('\r\n\r\nzz')
  socket.write(isWhole ? text : `${text}connection: close\r\n\r\n`)
  await closed
  return Buffer.concat(parts).toString()
}

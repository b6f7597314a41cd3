import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NoAnswer } from './client.ts'
import { openLeanClient } from './lean-client.ts'

describe('openLeanClient', () => {
  const server = createServer((request, response) => {
    if (request.url === '/never') return
    if (request.url === '/breaks') return void request.socket.destroy()
    const { cookie = '' } = request.headers
    const body = Buffer.from(`für ${request.method ?? ''} ${cookie}`)
    response.writeHead(200, { 'content-length': body.length, 'retry-after': '3' }).end(body)
  })
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('gives every one of many at once their own answer, over few connections', async () => {
    const client = openLeanClient(port, 2)
    const cookies = Array.from({ length: 20 }, (_, index) => `who=${index}`)
    const answers = await Promise.all(cookies.map((cookie) => client.get('/', cookie)))
    client.close()
    expect(answers.map(({ body }) => body)).toEqual(cookies.map((cookie) => `für GET ${cookie}`))
    expect(answers[0]).toMatchObject({ status: 200, retryAfter: '3' })
  })

  test('tells a request that is left hanging from a connection that broke, and goes on', async () => {
    const client = openLeanClient(port, 1, 200)
    await expect(client.get('/never', '')).rejects.toThrow(NoAnswer)
    const broken = await client.get('/breaks', '').catch((fault: unknown) => fault)
    expect(broken).toBeInstanceOf(Error)
    expect(broken).not.toBeInstanceOf(NoAnswer)
    expect((await client.post('/', 'who=me', { a: 'b' })).body).toBe('für POST who=me')
    client.close()
  })
})

import type { FastifyInstance } from 'fastify'

/** Whether the service can do its work now. */
export interface Health {
  /** Whether the database answers, within two seconds. */
  isDatabaseThere(): Promise<boolean>
  /** Whether the service is about to stop and wants no more work. */
  isLeaving(): boolean
}

/**
 * `/health/live` says that the process runs; `/health/ready` that it is to be sent work, with 503
 * where it is not, and a word why.
 */
export function serveHealth(app: FastifyInstance, health: Health): void {
  const config = { isAlwaysAnswered: true }
  app.get('/health/live', { config }, async (_, reply) => reply.type('text/plain').send('live\n'))
  app.get('/health/ready', { config }, async (_, reply) => {
    const wrong = health.isLeaving()
      ? 'stopping'
      : (await health.isDatabaseThere())
        ? undefined
        : 'database does not answer'
    return reply
      .code(wrong === undefined ? 200 : 503)
      .type('text/plain')
      .send(`${wrong ?? 'ready'}\n`)
  })
}

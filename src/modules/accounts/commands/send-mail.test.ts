import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMailServer, type MailServer } from '#platform/mail'
import { sql } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { anAccount, aPractice } from '../../../../test/support/surgery.ts'
import { newDeviceMail } from '../domain/mail.ts'
import { writeMail } from './mail.ts'
import { sendDueMail } from './send-mail.ts'

const start = new Date('2026-03-02T08:00:00Z')
const minutes = (many: number) => new Date(start.getTime() + many * 60_000)

/** DOMAIN CO-5. A real mail server on this machine takes what is sent, or refuses it. */
describe('sending mail', () => {
  let database: TestDatabase
  let refuses = false
  const taken: string[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_, __, done) => done(refuses ? new Error('not here') : null),
    onData: (stream, _, done) => {
      let text = ''
      stream.on('data', (piece: Buffer) => (text += piece.toString()))
      stream.on('end', () => {
        taken.push(text)
        done()
      })
    },
  })
  let send: MailServer

  beforeAll(async () => {
    database = await makeDatabase(start)
    smtp.listen(0, '127.0.0.1')
    await once(smtp.server, 'listening')
    const at = smtp.server.address()
    const port = typeof at === 'object' && at ? at.port : 0
    send = await openMailServer(`smtp://127.0.0.1:${port}`, 'no-reply@example.test')
  })
  afterAll(async () => {
    send.close()
    await new Promise<void>((resolve) => {
      smtp.close(() => resolve())
    })
    await database.drop()
  })

  const due = () => sendDueMail(database.db, (mail) => send.send(mail))

  async function mailIsWritten(): Promise<void> {
    const practice = await aPractice(database.db)
    const subjectId = '019caa00-0000-7000-8000-000000000000'
    const accountId = await anAccount(database.db, 'patient', { practice, subjectId })
    await database.db.accountsTransaction((queries) =>
      writeMail(queries, accountId, newDeviceMail, database.db.now()),
    )
  }

  test('hands each mail to the server once', async () => {
    await mailIsWritten()
    expect(await due()).toEqual({ sent: 1, failed: 0 })
    expect(taken).toHaveLength(1)
    expect(taken[0]).toContain(`Subject: ${newDeviceMail.subject}`)
    expect(taken[0]).toContain('From: no-reply@example.test')
    expect(await due()).toEqual({ sent: 0, failed: 0 })
  })

  test('tries again later what was not taken, and at last gives up', async () => {
    taken.length = 0
    refuses = true
    await mailIsWritten()
    let failed = 0
    for (let at = 0; at < 2000; at += 10) {
      database.setNow(minutes(at))
      failed += (await due()).failed
    }
    expect(failed).toBe(5)
    refuses = false
    expect(await due()).toEqual({ sent: 0, failed: 0 })
    expect(taken).toEqual([])
  })

  test('goes on after a refusal, in good time', async () => {
    database.setNow(start)
    refuses = true
    await mailIsWritten()
    expect(await due()).toEqual({ sent: 0, failed: 1 })
    refuses = false
    expect(await due()).toEqual({ sent: 0, failed: 0 })
    database.setNow(minutes(2))
    expect(await due()).toEqual({ sent: 1, failed: 0 })
    const left = await database.db.accounts.many<{ readonly mailId: string }>(
      sql`select mail_id from accounts.mail where sent_at is null and attempts < 5`,
    )
    expect(left).toEqual([])
  })
})

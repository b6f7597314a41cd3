import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#platform/db'
import { runDueJobs, type JobHandler } from '#platform/jobs'
import { connectEps } from '../../src/modules/prescriptions/commands/eps/connection.ts'
import { postMessageJob } from '../../src/modules/prescriptions/commands/eps/post-message.ts'

/** A worker in a process of its own, to be killed: runs the jobs that send, once each. */
const [connectionString, url, token, now] = process.argv.slice(2)
if (!connectionString || !url || !token || !now) throw new Error('Say where, with what, and when')
const tokenFile = join(tmpdir(), `eps-token-${process.pid}`)
writeFileSync(tokenFile, token)
const db = openDatabase({ connectionString }, () => new Date(now))
const handler: JobHandler = postMessageJob(connectEps({ url, tokenFile }))
const ignore = (): void => undefined
const log = { error: ignore, warn: ignore, info: ignore }
while (await runDueJobs(db, new Map([[handler.kind, handler]]), log)) continue
await db.close()

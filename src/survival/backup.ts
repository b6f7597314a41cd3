import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { rounded } from '../bench/figures.ts'
import { startEmbedded } from '#platform/postgres'
import { checkAll } from './checks.ts'
import { fillSurgery } from './fill-surgery.ts'
import { openJournal, type Journal } from './journal.ts'
import { startLoad } from './load.ts'
import type { Outcome } from './outcome.ts'
import type { Size } from './practice.ts'
import { keepServer } from './processes.ts'
import type { Target } from './targets.ts'

/** Acknowledged before the backup begins, so that there is something to lose. */
const enough = 50

/**
 * `npm run backup` while people use the service, then everything is lost, and `npm run restore` into
 * an empty folder: what was acknowledged before the backup began must be there, and all that must
 * hold does. What came after it began may be missing: that is what a standby is for.
 */
export async function backupUnderLoad(
  target: Target,
  folder: string,
  { seconds, size }: { readonly seconds: number; readonly size: Size },
): Promise<Outcome> {
  const journal = openJournal()
  const { surgery, slotIds } = await fillSurgery(target.settings, size)
  const patientIds = surgery.patients.map(({ patientId }) => patientId)
  const server = await keepServer(target.environment)
  try {
    await server.untilReady()
    const load = startLoad(surgery, slotIds, [server.port], journal)
    await delay(seconds * 1000)
    while (journal.acknowledged.length < enough) await delay(100)
    const before: Journal = { ...journal, acknowledged: [...journal.acknowledged] }
    const copy = join(folder, 'copy')
    const taken = await runCommand('backup', copy, target.environment)
    const during = journal.acknowledged.length - before.acknowledged.length
    await delay(1000)
    await load.stop()

    const dataDir = join(folder, 'restored')
    const restored = await runCommand('restore', copy, { DATA_DIR: dataDir, DATABASE_URL: '' })
    const again = await startEmbedded({ dataDir, stopsWithOwner: true })
    const found = await checkAll({ ...again.connection }, before, patientIds)
    await again.stop()
    const failed = [taken, restored].filter(({ code }) => code !== 0)
    return {
      figures: {
        'acknowledged before': before.acknowledged.length,
        'acknowledged while it ran': during,
        'seconds to back up': taken.seconds,
        'seconds to restore': restored.seconds,
        'invariants after': found.invariants,
        'sealed audit events': found.sealedEvents,
      },
      notes: [taken.said, restored.said],
      breaches: [
        ...journal.breaches,
        ...failed.map(({ said }) => `a command failed: ${said}`),
        ...found.breaches,
      ],
    }
  } finally {
    journal.isAbandoned = true
    await server.stop()
  }
}

interface Ended {
  readonly code: number
  readonly said: string
  readonly seconds: number
}

function runCommand(
  name: 'backup' | 'restore',
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const began = performance.now()
  const child = spawn(process.execPath, [join('.build', `${name}.js`), folder], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        code: code ?? 1,
        said: parts.join('').trim().replaceAll(folder, 'FOLDER').replaceAll('\n', '; '),
        seconds: rounded((performance.now() - began) / 1000),
      }),
    )
  })
}

import { parseArgs } from 'node:util'
import { runHistories, type ScanFound } from '../test/scan/lanes.ts'
import { startTestServer } from '../test/support/test-server.ts'

/** Random histories of records, searched after each step for words that must not be there. */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
})
for (const [name, text] of Object.entries(values)) {
  if (/^[1-9]\d{0,4}$/.test(text)) continue
  console.error(`--${name} must be a whole number above 0 and below 100000`)
  process.exit(2)
}
const histories = Number(values.histories)
const seed = Number(values.seed)
const begun = performance.now()
let leaksTold = 0
let nextTold = 20

const server = await startTestServer()
try {
  const found = await runHistories(server.url, { histories, seed, onFound: tell })
  console.log(inWords(found))
  process.exitCode = found.leaks.length === 0 ? 0 : 1
} finally {
  await server.stop()
}

function tell(found: ScanFound): void {
  for (const leak of found.leaks.slice(leaksTold)) console.log(`LEAK: ${leak}`)
  leaksTold = found.leaks.length
  if (found.histories < nextTold) return
  nextTold = found.histories + Math.max(20, Math.floor(found.histories / 10))
  console.log(inWords(found))
}

function inWords(found: ScanFound): string {
  const seconds = Math.round((performance.now() - begun) / 1000)
  return `scan: ${found.histories} of ${histories} histories from seed ${seed} in ${seconds} s, ${found.answersRead} answers (${Math.round(found.bytesRead / 1_048_576)} MiB) searched, ${found.marksSeen} words seen that may be, ${found.leaks.length} that may not`
}

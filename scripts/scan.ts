import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

/** Random histories of records, searched after each step for words that must not be there. */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
})
for (const [name, text] of Object.entries(values)) {
  if (/^[1-9]\d{0,6}$/.test(text)) continue
  console.error(`--${name} must be a whole number above 0`)
  process.exit(2)
}
process.env['SCAN_HISTORIES'] = values.histories
process.env['SCAN_SEED'] = values.seed

const vitest = await startVitest('test', ['test/scan.test.ts'], { run: true, watch: false })
const passed = vitest.state.getTestModules().every((module) => module.ok())
await vitest.close()
process.exit(passed ? 0 : 1)

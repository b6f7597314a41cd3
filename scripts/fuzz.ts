import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

/** Hostile requests to every route, as every kind of person; the same for the same seed. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
})
for (const [name, text] of Object.entries(values)) {
  if (/^[1-9]\d{0,8}$/.test(text)) continue
  console.error(`--${name} must be a whole number above 0`)
  process.exit(2)
}
process.env['FUZZ_REQUESTS'] = values.requests
process.env['FUZZ_SEED'] = values.seed

const vitest = await startVitest('test', ['test/fuzz.test.ts'], { run: true, watch: false })
const passed = vitest.state.getTestModules().every((module) => module.ok())
await vitest.close()
process.exit(passed ? 0 : 1)

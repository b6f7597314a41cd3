import { startVitest } from 'vitest/node'
import { runCheck } from '../check/run-check.ts'
import { countTests } from './count-tests.ts'

const filters = process.argv.slice(2)
const checked = filters.length === 0 ? await runCheck() : { passed: 0, failed: 0 }

const vitest = await startVitest('test', filters, { run: true, watch: false })
const tests = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length)
await vitest.close()

const passed = checked.passed + tests.passed
const failed = checked.failed + tests.failed
console.log(`${passed} passed, ${failed} failed, ${tests.skipped} skipped`)
process.exit(failed > 0 || tests.passed === 0 ? 1 : 0)

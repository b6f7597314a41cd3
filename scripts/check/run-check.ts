import { runStep, steps, type Outcome } from './steps.ts'

/** Runs every step at once, says of each how it ended, and how many did well and how many not. */
export async function runCheck(): Promise<{ readonly passed: number; readonly failed: number }> {
  const begun = performance.now()
  const outcomes = await Promise.all(
    steps.map(async (step) => {
      const outcome = await runStep(step)
      report(outcome)
      return outcome
    }),
  )
  const failed = outcomes.filter((outcome) => !outcome.passed).length
  const total = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`check     ${failed === 0 ? 'ok' : `${failed} failed`} in ${total} s`)
  return { passed: outcomes.length - failed, failed }
}

function report({ step, passed, output, seconds }: Outcome): void {
  console.log(`${step.name.padEnd(9)} ${passed ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1)} s`)
  if (!passed) console.log(`${output.replaceAll(/^/gm, '  ')}\n`)
}

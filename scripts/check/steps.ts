import { spawn } from 'node:child_process'

/** One part of the check: a program that ends with 0 where all is well. */
export interface Step {
  readonly name: string
  /** Arguments for Node: a script and what it is told. */
  readonly run: readonly string[]
}

/** How a step ended. */
export interface Outcome {
  readonly step: Step
  readonly passed: boolean
  readonly output: string
  readonly seconds: number
}

/** The parts of the check. The longest come first, so that they begin first. */
export const steps: readonly Step[] = [
  { name: 'lint', run: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'layering', run: ['scripts/check/layering.ts'] },
  { name: 'types', run: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'unused', run: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'format', run: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'lock', run: ['scripts/check/lock.ts'] },
]

/** Runs one step to its end, holding back what it prints. */
export function runStep(step: Step): Promise<Outcome> {
  const begun = performance.now()
  const child = spawn(process.execPath, step.run, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part))
  }
  return new Promise((resolve) => {
    const end = (passed: boolean): void =>
      resolve({
        step,
        passed,
        output: parts.join('').trim(),
        seconds: (performance.now() - begun) / 1000,
      })
    child.on('error', (fault) => {
      parts.push(fault.message)
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

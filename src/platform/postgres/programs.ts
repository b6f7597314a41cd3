import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { devNull } from 'node:os'
import type { Runner } from './runner.ts'

/** What a program that ended had to say. */
export interface Ended {
  readonly code: number | undefined
  readonly output: string
}

interface Options {
  readonly stdio: StdioOptions
  readonly detached?: boolean
}

/** Starts one of the server's programs, in a world without settings meant for other Postgres servers. */
export function startProgram(
  runner: Runner,
  program: string,
  args: readonly string[],
  options: Options,
): ChildProcess {
  const [file = program, ...rest] = [...runner.prefix, program, ...args]
  return spawn(file, rest, { ...options, ...runner.user, cwd: '/', env: cleanEnvironment() })
}

/** Runs one of the server's programs to its end. */
export function runProgram(
  runner: Runner,
  program: string,
  args: readonly string[],
): Promise<Ended> {
  const child = startProgram(runner, program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const parts: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => parts.push(part))
  }
  return new Promise((resolve) => {
    child.on('error', (fault) => resolve({ code: undefined, output: fault.message }))
    child.on('close', (code) => resolve({ code: code ?? undefined, output: parts.join('') }))
  })
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC', PGSYSCONFDIR: devNull }
}

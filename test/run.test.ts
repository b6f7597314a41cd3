import { spawn, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serverFlags } from '#platform/lifecycle'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A service of a few lines in a copy of this project: it says what happens to it. */
const service = `
  import { onParentGone } from '#platform/lifecycle'
  const timer = setInterval(() => undefined, 1000)
  const stop = (why: string) => {
    console.log(why)
    setTimeout(() => { console.log('stopped'); clearInterval(timer) }, 100)
    process.exitCode = 3
  }
  process.on('SIGINT', () => stop('interrupted'))
  process.on('SIGTERM', () => stop('terminated'))
  onParentGone(() => stop('alone'))
  console.log('up', process.cwd(), process.argv.slice(2).join(' '))
`

let project = ''
const started: ChildProcess[] = []

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'po-run-')))
  for (const name of ['scripts', 'package.json', 'package-lock.json', 'src/platform/lifecycle']) {
    cpSync(join(root, name), join(project, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  mkdirSync(join(project, 'src'), { recursive: true })
  writeFileSync(join(project, 'src', 'main.ts'), service)
})

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(project, { recursive: true, force: true })
})

interface Running {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly ended: Promise<number | null>
}

function run(file: string, args: readonly string[]): Running {
  const child = spawn(file, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line))
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  return { child, lines, ended }
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = performance.now() + 15_000
  while (!isTrue()) {
    if (performance.now() > end) throw new Error('It did not come about in time')
    await delay(20)
  }
}

async function isUp({ lines }: Running): Promise<void> {
  await until(() => lines.some((line) => line.startsWith('up')))
}

describe('npm start', () => {
  test('runs the service in the folder of the project, with what it was told', async () => {
    const { child, lines, ended } = run(process.execPath, ['scripts/run.js', 'start', 'one', 'two'])
    await until(() => lines.includes(`up ${project} one two`))
    child.kill('SIGTERM')
    expect(await ended).toBe(3)
    expect(lines.slice(-2)).toEqual(['terminated', 'stopped'])
  })

  test('starts the service with what bounds its memory', async () => {
    writeFileSync(join(project, 'src', 'main.ts'), `console.log(process.execArgv.join(' '))`)
    const { lines, ended } = run(process.execPath, ['scripts/run.js', 'start'])
    expect(await ended).toBe(0)
    expect(lines).toEqual([serverFlags('26.10.0').join(' ')])
    expect(serverFlags('26.10.0')).toContain('--heap-growing-percent=40')
    expect(serverFlags('28.0.0')).toEqual([])
  })

  test('bundles to ASCII, and what was beyond it means the same', async () => {
    const signs = `/^[“”–]+$/.test('“–”'), /^[^≥]$/u.test('≥'), /^[a😀]$/u.test('😀'), 'née', \`µ\``
    writeFileSync(join(project, 'src', 'main.ts'), `console.log(${signs})`)
    const { lines, ended } = run(process.execPath, ['scripts/run.js', 'start'])
    expect(await ended).toBe(0)
    expect(lines).toEqual(['true false true née µ'])
    expect(readFileSync(join(project, '.build', 'main.js'), 'latin1')).toMatch(/^[ -~\s]+$/)
  })

  test('tells the service once when Ctrl-C arrives from the terminal and from npm', async () => {
    const running = run(process.execPath, ['scripts/run.js', 'start'])
    await isUp(running)
    running.child.kill('SIGINT')
    await delay(50)
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(3)
    expect(running.lines.filter((line) => line === 'interrupted')).toHaveLength(1)
  })

  test('lets the service stop by itself where the one who started it was killed', async () => {
    const running = run(process.execPath, ['scripts/run.js', 'start'])
    await isUp(running)
    running.child.kill('SIGKILL')
    await until(() => running.lines.includes('stopped'))
    expect(running.lines).toContain('alone')
  })

  test('stops the service where npm was killed', async () => {
    const running = run('npm', ['start'])
    await isUp(running)
    running.child.kill('SIGKILL')
    await until(() => running.lines.includes('stopped'))
  })

  test('says in one line that there is no such command', async () => {
    const { lines, ended } = run(process.execPath, ['scripts/run.js', 'stat'])
    expect(await ended).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^There is no command "stat"\. Commands: start,/)])
  })

  test('says that the code could not be bundled', async () => {
    writeFileSync(join(project, 'src', 'main.ts'), `import './missing.ts'`)
    const { lines, ended } = run(process.execPath, ['scripts/run.js', 'start'])
    expect(await ended).toBe(1)
    expect(lines.join('\n')).toContain('Could not resolve "./missing.ts"')
    expect(lines.at(-1)).toBe('The code could not be bundled, see above.')
  })
})

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { beginningOf, commandOf, isRunning } from './process-table.ts'

test.skipIf(process.platform !== 'linux')(
  'a process that ended and was not reaped does not run',
  async ({ onTestFinished }) => {
    const parent = spawn('/bin/sh', ['-c', 'sh -c "sleep 0.05" & echo $!; exec sleep 10'])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const pid = await new Promise<number>((resolve) => {
      createInterface({ input: parent.stdout }).once('line', (line) => resolve(Number(line)))
    })
    expect(isRunning(pid)).toBe(true)
    await delay(300)
    expect(() => process.kill(pid, 0)).not.toThrow()
    expect(isRunning(pid)).toBe(false)
  },
)

test.skipIf(process.platform !== 'linux')(
  'a process has a command, and a beginning that stays the same',
  () => {
    expect(isRunning(process.pid)).toBe(true)
    expect(commandOf(process.pid)).toContain('node')
    expect(beginningOf(process.pid)).toBe(beginningOf(process.pid))
    expect(beginningOf(process.pid)).not.toBe(beginningOf(process.ppid))
  },
)

test.each([0x7f_ff_ff_f0, 4_194_304])('a pid that nothing has, %i, does not run', (pid) => {
  expect(isRunning(pid)).toBe(false)
  expect(commandOf(pid)).toBeUndefined()
})

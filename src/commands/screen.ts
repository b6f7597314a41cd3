import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { screenText } from '#modules/record'
import { parseScreenLine, type ScreenCase } from './screen/lines.ts'
import { makeScore } from './screen/score.ts'

const usage = 'Use: npm run screen -- FILE.jsonl [--score]'

/**
 * `npm run screen -- FILE.jsonl`: one line of JSON for each line of the file, in order. A line that
 * cannot be read is for a person, is named on the error output, and makes the command fail.
 */
async function run(path: string, withScore: boolean): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/)
  const score = makeScore()
  const out: string[] = []
  let bad = 0
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const parsed = parseScreenLine(line)
    if (!parsed.ok) {
      bad++
      console.error(`${path}, line ${index + 1}: ${parsed.refusal.fault}`)
      out.push(JSON.stringify(unreadable(parsed.refusal.id ?? `line ${index + 1}`)))
      continue
    }
    const screening = screenText(parsed.value.text, parsed.value.context)
    out.push(JSON.stringify({ id: parsed.value.id, ...screening }))
    score.add(parsed.value, screening)
  }
  if (withScore) for (const line of score.lines()) console.log(line)
  else if (out.length > 0) process.stdout.write(`${out.join('\n')}\n`)
  return bad > 0 ? 1 : 0
}

function unreadable(id: string): Pick<ScreenCase, 'id'> & Record<string, unknown> {
  const why = 'The line could not be read.'
  return {
    id,
    outcome: 'review',
    categories: ['unverified_result'],
    flags: [{ rule: 'form.unreadable', category: 'unverified_result', start: 0, end: 0, why }],
  }
}

function asked(): { readonly path: string; readonly withScore: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { score: { type: 'boolean', default: false } },
    })
    const [path] = positionals
    return path !== undefined && positionals.length === 1
      ? { path, withScore: values.score }
      : undefined
  } catch {
    return undefined
  }
}

const given = asked()
if (!given) {
  console.error(usage)
  process.exit(2)
}
try {
  process.exitCode = await run(given.path, given.withScore)
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : usage)
  process.exitCode = 2
}

import { readFileSync, writeFileSync } from 'node:fs'
import { limitFor, report, type Unseen } from './likeness/reporting.ts'
import { casesOf, tables, train } from './likeness/training.ts'

/**
 * Works out the weights of `likeness.json` from the project's own labelled cases, always in the same
 * order: `node scripts/train-likeness.ts`. First it leaves out one author after another, scores each
 * by what the others teach, and takes the limit from those scores; `--try` stops there.
 * `--keep-limit` leaves nobody out: the limit in force stays, and only the weights are new.
 */
const path = 'src/modules/record/domain/text/likeness.json'
const authors = casesOf('test/screening-cases/*.jsonl')
const all = [...authors.values()].flat()
const limit = process.argv.includes('--keep-limit') ? limitInForce() : triedLimit()
if (!process.argv.includes('--try')) {
  const table = { limit, ...tables(train(all), all) }
  writeFileSync(path, `${JSON.stringify(table, undefined, 2)}\n`)
}

function triedLimit(): number {
  const unseen: Unseen[] = []
  for (const [author, cases] of authors) {
    const model = train([...authors].flatMap(([other, theirs]) => (other === author ? [] : theirs)))
    for (const one of cases)
      unseen.push({ author, one, score: model.scoreOf(one), lone: model.loneScoreOf(one) })
  }
  const tried = limitFor(unseen)
  report(unseen, tried)
  return tried
}

function limitInForce(): number {
  const table = JSON.parse(readFileSync(path, 'utf8')) as { readonly limit: number }
  return table.limit
}

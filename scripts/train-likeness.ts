import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { likenessOf } from '../src/modules/record/domain/text/likeness.ts'
import { sentenceFeatures } from '../src/modules/record/domain/text/text-rules.ts'

/**
 * Works out the weights of `likeness.json` from the project's own labelled cases, always in the same
 * order: `node scripts/train-likeness.ts`. With `--leave FILE` it leaves one file of cases out, and
 * says how the rest does on it, without writing anything.
 */
interface Case {
  readonly id: string
  readonly text: string
  readonly context: { readonly patientAge?: number; readonly sex?: 'male' | 'female' }
  readonly label: 'release' | 'review'
}
interface Example {
  readonly needsPerson: boolean
  readonly sentences: readonly ReadonlySet<string>[]
}

const rounds = 40
const leftOut = process.argv[process.argv.indexOf('--leave') + 1]
const isTrial = process.argv.includes('--leave')
const files = globSync('test/screening-cases/*.jsonl').toSorted()

function examplesOf(paths: readonly string[]): readonly Example[] {
  return paths
    .flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Case)
    .map(({ text, context, label }) => ({
      needsPerson: label === 'review',
      sentences: sentenceFeatures(text, context),
    }))
}

function train(examples: readonly Example[]) {
  const counts = new Map<string, number>()
  for (const { sentences } of examples)
    for (const feature of new Set(sentences.flatMap((one) => [...one])))
      counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const weights = new Map([...counts].filter(([, count]) => count >= 2).map(([name]) => [name, 0]))
  let start = -1
  let step = 0.1
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < examples.length; at++) {
      // A fixed order that jumps about, so that neighbours in a file are not learnt together.
      const example = examples[(at * 7919 + round * 104_729) % examples.length]
      if (!example) continue
      const scores = example.sentences.map((one) => likenessOf(one, weights, start))
      const highest = scores.indexOf(Math.max(...scores))
      for (const [index, features] of example.sentences.entries()) {
        if (example.needsPerson && index !== highest) continue
        const gap = 1 / (1 + Math.exp(-(scores[index] ?? 0))) - (example.needsPerson ? 1 : 0)
        const known = [...features].filter((feature) => weights.has(feature))
        for (const feature of known) {
          const weight = weights.get(feature) ?? 0
          const slope = gap / Math.sqrt(known.length + 3) + 0.002 * weight
          weights.set(feature, weight - step * slope)
        }
        start -= step * 0.1 * gap
      }
    }
    step *= 0.95
  }
  return { weights, start }
}

const chosen = isTrial ? files.filter((file) => file !== leftOut) : files
const { weights, start } = train(examplesOf(chosen))
if (isTrial && leftOut !== undefined) {
  const tried = examplesOf([leftOut]).map(({ needsPerson, sentences }) => ({
    needsPerson,
    score: Math.max(...sentences.map((one) => likenessOf(one, weights, start))),
  }))
  for (const limit of [0, 0.25, 0.5, 0.75, 1, 1.5]) {
    const above = (needed: boolean) =>
      tried.filter(({ needsPerson, score }) => needsPerson === needed && score > limit).length
    const all = (needed: boolean) => tried.filter((one) => one.needsPerson === needed).length
    console.log(
      `${leftOut} above ${limit}: ${above(true)}/${all(true)} needed, ${above(false)}/${all(false)} not`,
    )
  }
} else {
  const rounded = [...weights]
    .map(([name, weight]) => [name, Math.round(weight * 1000)] as const)
    .filter(([, weight]) => Math.abs(weight) >= 20)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const table = {
    limit: 400,
    limitWithoutPeople: 1100,
    start: Math.round(start * 1000),
    weights: Object.fromEntries(rounded),
  }
  writeFileSync(
    'src/modules/record/domain/text/likeness.json',
    `${JSON.stringify(table, undefined, 2)}\n`,
  )
  console.log(`${rounded.length} weights from ${chosen.length} files`)
}

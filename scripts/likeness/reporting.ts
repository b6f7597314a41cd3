import { loneLimit } from '../../src/modules/record/domain/text/likeness.ts'
import { embeddedMark, type Example } from './training.ts'

/** A scored case that the weights were not learnt from. */
export interface Unseen {
  readonly author: string
  readonly one: Example
  readonly score: number
  /** Of its likest sentence as if it stood alone. */
  readonly lone: number
}

function isHeld({ score, lone }: Unseen, limit: number): boolean {
  return score * 1000 > limit || lone * 1000 > loneLimit
}

const recallWanted = 0.975
/** Authors who wrote to the guide without having seen sets, rules or weights. */
const strangers: ReadonlySet<string> = new Set(['a', 'b', 'c', 'd', 'f', 'g', 'j'])

/** The limit, in thousandths, above which the wanted share of what strangers wrote for a person is. */
export function limitFor(unseen: readonly Unseen[]): number {
  const scores = unseen
    .filter(({ author }) => strangers.has(author))
    .filter(({ one }) => one.needsPerson && !one.id.endsWith(embeddedMark))
    .map(({ score }) => score)
  const sorted = scores.toSorted((a, b) => b - a)
  return Math.floor((sorted[Math.ceil(recallWanted * sorted.length) - 1] ?? 0) * 1000) - 1
}

/** Prints for each author how the others' cases teach to sort theirs, at one limit. */
export function report(unseen: readonly Unseen[], limit: number): void {
  console.log(`limit ${limit}`)
  const plain = unseen.filter(({ one }) => !one.id.endsWith(embeddedMark))
  for (const author of new Set(plain.map((one) => one.author))) {
    const theirs = plain.filter((one) => one.author === author)
    reportGroup(author, theirs, limit)
    reportCategories(theirs, limit)
  }
  const byStrangers = plain.filter(({ author }) => strangers.has(author))
  reportGroup('all strangers', byStrangers, limit)
  reportCategories(byStrangers, limit)
  for (const other of [-500, -300, -200, -100, 0, 100, 200, 300])
    reportGroup(`strangers at a limit of ${other}`, byStrangers, other)
  for (const [from, to] of [
    [0, 60],
    [60, 120],
    [120, 300],
    [300, Infinity],
  ] as const) {
    const some = byStrangers.filter(({ one }) => one.length >= from && one.length < to)
    reportGroup(`strangers, ${from} to ${to} characters`, some, limit)
  }
  const notes = plain.filter(({ one }) => one.length >= 300 && !one.needsPerson)
  reportGroup('harmless notes of 300 characters or more, all authors', notes, limit)
  const within = unseen.filter(({ one }) => one.id.endsWith(embeddedMark))
  reportGroup('short cases within long notes, all authors', within, limit)
  reportGroup('all', plain, limit)
}

function reportGroup(name: string, theirs: readonly Unseen[], limit: number): void {
  const share = (needs: boolean) => {
    const all = theirs.filter(({ one }) => one.needsPerson === needs)
    const above = all.filter((each) => isHeld(each, limit)).length
    return `${needs ? above : all.length - above} of ${all.length}`
  }
  console.log(`${name}: recall ${share(true)}, specificity ${share(false)}`)
}

function reportCategories(theirs: readonly Unseen[], limit: number): void {
  for (const name of [...new Set(theirs.flatMap(({ one }) => one.categories))].toSorted()) {
    const all = theirs.filter(({ one }) => one.needsPerson && one.categories.includes(name))
    const above = all.filter((each) => isHeld(each, limit)).length
    console.log(`  ${name}: ${above} of ${all.length}`)
  }
}

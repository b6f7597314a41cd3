import { mergeSuppliers, type Figures, type PracticeMonth } from '../figures/figures.ts'

/** What a check found, of one practice or of a supplier, or of everything. */
export interface Finding {
  readonly check: CheckName
  /** A practice's code, a supplier's name, or "England". */
  readonly about: string
  readonly was?: number
  readonly is?: number
}

/** The checks, by what they find. Source: NHSDigital/POMI, create_trend_monitor; DOMAIN 4.4. */
export type CheckName =
  | 'list-size-moved'
  | 'enabled-moved'
  | 'transactions-moved'
  | 'practice-gone'
  | 'practice-new'
  | 'switched-off'
  | 'parts-above-total'
  | 'more-enabled-than-listed'
  | 'supplier-moved'
  | 'not-approved'
  | 'two-suppliers'

/** Two months of practices, and who may be returned; `approved` absent where no list was loaded. */
export interface Checked {
  readonly now: readonly PracticeMonth[]
  readonly before: readonly PracticeMonth[]
  readonly approved?: ReadonlySet<string>
}

/** A practice's list hardly moves by a tenth in a month, nor people enabled by a fifth. */
const moved = { listSize: 0.1, totalEnabled: 0.2, totalUse: 0.5 } as const
/** Small practices move by chance: below this many nothing is said. */
const enoughToSay = 100

/** Everything that somebody should look at before a month is returned, practice by practice. */
export function checkMonth({ now, before, approved }: Checked): readonly Finding[] {
  const merged = mergeSuppliers(now)
  const earlier = new Map(mergeSuppliers(before).map((row) => [row.practice, row]))
  const present = new Set(merged.map((row) => row.practice))
  return [
    ...merged.flatMap((row) => checkPractice(row, earlier.get(row.practice))),
    ...[...earlier.keys()]
      .filter((practice) => !present.has(practice))
      .map((about): Finding => ({ check: 'practice-gone', about })),
    ...(earlier.size === 0
      ? []
      : merged
          .filter(({ practice }) => !earlier.has(practice))
          .map(({ practice }): Finding => ({ check: 'practice-new', about: practice }))),
    ...merged
      .filter(({ practice }) => approved && !approved.has(practice))
      .map(({ practice }): Finding => ({ check: 'not-approved', about: practice })),
    ...merged
      .filter(({ supplier }) => supplier.endsWith(' (I)'))
      .map(({ practice }): Finding => ({ check: 'two-suppliers', about: practice })),
    ...checkSuppliers(now, before),
  ]
}

function checkPractice(row: PracticeMonth, before: PracticeMonth | undefined): readonly Finding[] {
  const about = row.practice
  return [
    ...movedFinding('list-size-moved', about, 'listSize', row, before),
    ...movedFinding('enabled-moved', about, 'totalEnabled', row, before),
    ...movedFinding('transactions-moved', about, 'totalUse', row, before),
    ...switchesOff(row, before),
    ...partsAboveTotal(row),
    ...tooManyEnabled(row),
    ...(before ? tooManyEnabled(before) : []),
  ]
}

function movedFinding(
  check: CheckName,
  about: string,
  name: keyof typeof moved,
  now: Figures,
  before: Figures | undefined,
): readonly Finding[] {
  const was = before?.[name]
  const is = now[name]
  if (was === undefined || is === undefined || Math.max(was, is) < enoughToSay) return []
  return Math.abs(is - was) > was * moved[name] ? [{ check, about, was, is }] : []
}

function switchesOff(row: PracticeMonth, before: PracticeMonth | undefined): readonly Finding[] {
  const states = ['apptsState', 'prescState', 'recordState'] as const
  return states.flatMap((state): readonly Finding[] =>
    before?.[state] === 2 && row[state] === 1
      ? [{ check: 'switched-off', about: row.practice, was: 2, is: 1 }]
      : [],
  )
}

function partsAboveTotal(row: PracticeMonth): readonly Finding[] {
  if (row.totalUse === undefined) return []
  const parts = (row.apptsUse ?? 0) + (row.prescUse ?? 0) + (row.recordUse ?? 0)
  if (parts <= row.totalUse) return []
  return [{ check: 'parts-above-total', about: row.practice, was: parts, is: row.totalUse }]
}

function tooManyEnabled(row: PracticeMonth): readonly Finding[] {
  const { practice: about, totalEnabled, listSize } = row
  if (totalEnabled === undefined || listSize === undefined) return []
  if (totalEnabled < listSize || totalEnabled === 0) return []
  return [{ check: 'more-enabled-than-listed', about, was: listSize, is: totalEnabled }]
}

/** A supplier whose total moved as no supplier's does: often it counts otherwise than before. */
function checkSuppliers(
  now: readonly PracticeMonth[],
  before: readonly PracticeMonth[],
): readonly Finding[] {
  const totals = (rows: readonly PracticeMonth[]) =>
    new Map(
      [...Map.groupBy(rows, (row) => row.supplier)].map(([supplier, theirs]) => [
        supplier,
        theirs.reduce((sum, row) => sum + (row.totalUse ?? 0), 0),
      ]),
    )
  const earlier = totals(before)
  return [...totals(now)].flatMap(([about, is]): readonly Finding[] => {
    const was = earlier.get(about)
    if (was === undefined || Math.max(was, is) < enoughToSay) return []
    return Math.abs(is - was) > was * 0.25 ? [{ check: 'supplier-moved', about, was, is }] : []
  })
}

const words: Readonly<Record<CheckName, string>> = {
  'list-size-moved': 'The list moved by more than 10% in a month',
  'enabled-moved': 'People enabled moved by more than 20% in a month',
  'transactions-moved': 'Online transactions moved by more than 50% in a month',
  'practice-gone': 'Was there in the month before, and is not now',
  'practice-new': 'Was not there in the month before',
  'switched-off': 'A service that was switched on is not any more',
  'parts-above-total':
    'Appointments, prescriptions and record views are more than all transactions',
  'more-enabled-than-listed': 'As many people enabled as registered, or more',
  'supplier-moved': 'The transactions of this supplier moved by more than 25% in a month',
  'not-approved': 'No approval to return figures',
  'two-suppliers': 'Reported by two suppliers; the larger of each figure was taken',
}

/** A finding in words, such as "The list moved by more than 10% in a month: 8,000, then 9,500". */
export function formatFinding({ check, was, is }: Finding): string {
  if (was === undefined || is === undefined) return words[check]
  const both = [was, is].map((number) => number.toLocaleString('en-GB')).join(', then ')
  return `${words[check]}: ${both}`
}

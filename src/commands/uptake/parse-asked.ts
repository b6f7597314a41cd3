import { parseArgs } from 'node:util'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { accept, refuse, type Result } from '#kernel/result'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { formatMonthCode, parseMonth, type Month } from '#modules/uptake'

/** How the command is used. */
export const usage = `Use: npm run uptake -- --month 2026-03 [--out DIR]     count a month, write its files
     npm run uptake -- --import FILE…                    take in published POMI files
     npm run uptake -- --practices FILE --from 2026-04   where practices lie (epraccur)
     npm run uptake -- --places FILE                     level,code,name,parent,from
     npm run uptake -- --approvals FILE --on 2026-04-01  practices that may be returned, a line each
     npm run uptake -- --deciles FILE --practice A81001 [--areas FILE]
                                                         postcode,decile; or postcode,lsoa and lsoa,decile`

/** Something to take in from files. */
export type Load =
  | { readonly kind: 'import'; readonly paths: readonly string[] }
  | { readonly kind: 'practices'; readonly path: string; readonly from: Month }
  | { readonly kind: 'places'; readonly path: string }
  | { readonly kind: 'approvals'; readonly path: string; readonly on: LocalDate }
  | {
      readonly kind: 'deciles'
      readonly path: string
      readonly practice: OdsCode
      readonly areas?: string
    }

/** A month to count and write. */
export interface AskedMonth {
  readonly kind: 'month'
  readonly month: Month
  readonly out: string
}

export type Asked = AskedMonth | Load

/** Reads the words after the command. Exactly one thing is done at a time. */
export function parseAsked(args: readonly string[]): Result<Asked, string> {
  const one = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        month: one,
        out: one,
        import: flag,
        practices: one,
        from: one,
        places: one,
        approvals: one,
        on: one,
        deciles: one,
        practice: one,
        areas: one,
      },
    })
    return readAsked(values, positionals)
  } catch (fault) {
    return refuse(fault instanceof Error ? fault.message : 'These words are not understood.')
  }
}

type Values = Readonly<Record<string, string | boolean | undefined>>

function readAsked(values: Values, paths: readonly string[]): Result<Asked, string> {
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  if (values['import'] === true)
    return paths.length > 0 ? accept({ kind: 'import', paths }) : refuse('Name the files.')
  const monthText = text('month')
  if (monthText !== undefined) return readMonth(monthText, text('out'))
  const places = text('places')
  if (places !== undefined) return accept({ kind: 'places', path: places })
  return readDated(text)
}

function readMonth(text: string, out: string | undefined): Result<Asked, string> {
  const month = parseMonth(text)
  if (month === undefined) return refuse(`${text} is not a month such as 2026-03.`)
  return accept({ kind: 'month', month, out: out ?? `uptake-${formatMonthCode(month)}` })
}

function readDated(text: (name: string) => string | undefined): Result<Asked, string> {
  const practices = text('practices')
  if (practices !== undefined) {
    const from = parseMonth(text('from') ?? '')
    if (from === undefined) return refuse('Say from which month on: --from 2026-04.')
    return accept({ kind: 'practices', path: practices, from })
  }
  const approvals = text('approvals')
  if (approvals !== undefined) {
    const on = parseLocalDate(text('on') ?? '')
    if (on === undefined) return refuse('Say from which day on: --on 2026-04-01.')
    return accept({ kind: 'approvals', path: approvals, on })
  }
  const deciles = text('deciles')
  if (deciles === undefined) return refuse('Say what to do.')
  const practice = parseOdsCode(text('practice') ?? '')
  if (!practice.ok) return refuse('Say for which practice: --practice A81001.')
  const areas = text('areas')
  return accept({
    kind: 'deciles',
    path: deciles,
    practice: practice.value,
    ...(areas !== undefined && { areas }),
  })
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PracticeMonth } from '../figures/figures.ts'
import { geographyAt, type PlaceVersion, type Whereabouts } from '../geography/geography.ts'
import { monthsFrom, parseMonth, type Month } from '../months/month.ts'
import { monthYear, parsePeriodEnd, periodEnd, pomiFileName } from './dates.ts'
import { choicesFile, dashboardFile, monthSummaryFile } from './other-files.ts'
import { parsePomi } from './parse.ts'
import { pomiPieces, type PlacedMonth } from './write.ts'

function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new Error(`${text} is not a month`)
  return parsed
}

const exampleAt: Whereabouts = {
  region: { code: 'Y60', name: 'MIDLANDS' },
  icb: { code: 'QZZ', name: 'EXAMPLE ICB' },
  subIcb: { code: '99X', name: 'EXAMPLE SUB-ICB' },
}

function aRow(given: Partial<PracticeMonth> = {}): PracticeMonth {
  return {
    practice: 'Z99999',
    month: month('2023-12'),
    supplier: 'EMIS',
    practiceName: 'EXAMPLE SURGERY',
    subIcbCode: '99X',
    listSize: 10_387,
    apptsState: 2,
    apptsEnabled: 4210,
    apptsUse: 180,
    ...given,
  }
}

const written = (...rows: readonly PlacedMonth[]) => [...pomiPieces(rows)].join('')

describe('the published file', () => {
  test('has the exact header, order, dates and blanks of the specimen', () => {
    // Source: DOMAIN 4.2, whose four lines are among these thirteen.
    expect(written({ row: aRow(), at: exampleAt })).toBe(
      [
        'report_period_end,region_code,region_name,sub_ICB_location_code,sub_ICB_location_name,practice_code,practice_name,system_supplier,field,value',
        ...[
          'New_Pat_Enbld,',
          'Pat_Appts_Enbld,4210',
          'Pat_Appts_Use,180',
          'Pat_DetCodeRec_Enbld,0',
          'Pat_DetCodeRec_Use,0',
          'Pat_Presc_Enbld,0',
          'Pat_Presc_Use,0',
          'Sys_Appts_Enbld,2',
          'Sys_DetCodeRec_Enbld,',
          'Sys_Presc_Enbld,',
          'Total_Pat_Enbld,',
          'Total_Use,',
          'patient_list_size,10387',
        ].map(
          (end) => `31-Dec-23,Y60,MIDLANDS,99X,EXAMPLE SUB-ICB,Z99999,EXAMPLE SURGERY,EMIS,${end}`,
        ),
        '',
      ].join('\n'),
    )
  })

  test('forces people and use to 0 where the function is not switched on, but not the totals', () => {
    const text = written({
      row: aRow({ apptsState: 1, totalEnabled: 4210, totalUse: 180 }),
      at: exampleAt,
    })
    expect(text).toContain('Pat_Appts_Enbld,0\n')
    expect(text).toContain('Pat_Appts_Use,0\n')
    expect(text).toContain('Total_Pat_Enbld,4210\n')
    expect(text).toContain('Total_Use,180\n')
  })

  test('is named for the financial year to date, which begins in April', () => {
    expect(pomiFileName(month('2023-12'))).toBe('POMI_APR2023_to_DEC2023.csv')
    expect(pomiFileName(month('2024-03'))).toBe('POMI_APR2023_to_MAR2024.csv')
    expect(pomiFileName(month('2024-04'))).toBe('POMI_APR2024_to_APR2024.csv')
    expect(monthYear(month('2023-12'))).toBe('DEC2023')
  })

  test('names the last day of every month so that it can be read again, leap years too', () => {
    for (const one of monthsFrom(month('2019-01'), month('2028-12')))
      expect(parsePeriodEnd(periodEnd(one))).toBe(one)
    expect(parsePeriodEnd('30SEP2020')).toBe(month('2020-09'))
    expect(parsePeriodEnd('28-Feb-24')).toBeUndefined()
    expect(parsePeriodEnd('31-Nov-23')).toBeUndefined()
  })

  test('read and written again is the same, byte for byte', () => {
    const count = fc.option(fc.nat(99_999), { nil: undefined })
    const on = fc.constantFrom(0, 1, 2)
    const row = fc.record({
      practice: fc.constantFrom('A81001', 'A81002', 'B12345', 'Y00001'),
      month: fc.constantFrom(month('2023-04'), month('2023-05'), month('2023-12')),
      supplier: fc.constantFrom('EMIS', 'TPP', 'VISION', 'PATIENT ONLINE'),
      subIcbCode: fc.constantFrom('00A', '00B'),
      practiceName: fc.constantFrom('A SURGERY', 'THE "OLD" MILL, HULL', 'ST ANNE’S'),
      counts: fc.array(count, { minLength: 9, maxLength: 9 }),
      states: fc.tuple(on, on, on),
    })
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: keyOf }), (made) => {
        const rows = made.map((one): PlacedMonth => {
          const at = {
            region: { code: 'Y60', name: 'MIDLANDS' },
            icb: { code: 'NOT-TOLD-Y60', name: 'Integrated care board not told' },
            subIcb: { code: one.subIcbCode, name: `NAME, OF ${one.subIcbCode}` },
          }
          return { row: withCounts(one), at }
        })
        const text = written(...rows)
        const { rows: read, refused } = parsePomi(text)
        expect(refused).toEqual([])
        const places = read.map((one): PlaceVersion => ({
          level: 'sub-icb',
          code: one.subIcbCode,
          month: one.month,
          name: one.subIcbName,
          parentCode: `NOT-TOLD-${one.regionCode}`,
        }))
        const again = read.map(({ figures, ...one }): PlacedMonth => ({
          row: { ...one, ...figures },
          at: geographyAt(places, one.month)(one.subIcbCode),
        }))
        expect(written(...again)).toBe(text)
      }),
    )
  })
})

function keyOf(row: {
  readonly practice: string
  readonly month: Month
  readonly supplier: string
}) {
  return `${row.practice} ${row.month} ${row.supplier}`
}

function withCounts(given: {
  readonly practice: string
  readonly month: Month
  readonly supplier: string
  readonly subIcbCode: string
  readonly practiceName: string
  readonly counts: readonly (number | undefined)[]
  readonly states: readonly [number, number, number]
}): PracticeMonth {
  const { counts, states, ...row } = given
  const names = [
    'listSize',
    'apptsEnabled',
    'apptsUse',
    'prescEnabled',
    'prescUse',
    'recordEnabled',
    'recordUse',
    'totalEnabled',
    'newEnabled',
  ]
  const told = names.flatMap((name, place) => {
    const value = counts[place]
    return value === undefined ? [] : [[name, value] as const]
  })
  const [apptsState, prescState, recordState] = states
  return { ...row, ...Object.fromEntries(told), apptsState, prescState, recordState }
}

describe('parsePomi', () => {
  const older = [
    'report_period_end,region_code,region_name,ccg_code,ccg_name,practice_code,practice_name,system_supplier,field,value',
    '30SEP2020,Y60,MIDLANDS,99X,EXAMPLE CCG,Z99999,EXAMPLE SURGERY,EMIS,Pat_Appts_Enbld,4210',
  ]
  test('reads older files of CCGs with dates of the other form', () => {
    const { rows } = parsePomi(`\uFEFF${older.join('\r\n')}\r\n`)
    expect(rows).toMatchObject([
      { month: '2020-09-01', subIcbCode: '99X', figures: { apptsEnabled: 4210 } },
    ])
  })

  test('passes over a line that repeats another, and refuses one that contradicts it', () => {
    const line = older[1] ?? ''
    const { rows, repeated, refused } = parsePomi(
      [...older, line, line.replace('4210', '99')].join('\n'),
    )
    expect(rows).toHaveLength(1)
    expect(repeated).toBe(1)
    expect(refused).toEqual([{ line: 4, why: 'Pat_Appts_Enbld was 4210 before' }])
  })

  test('refuses by line what is no field, no count, no month end and no practice', () => {
    const line = older[1] ?? ''
    const { refused, rows } = parsePomi(
      [
        older[0],
        line.replace('Pat_Appts_Enbld', 'Pat_Appts'),
        line.replace('4210', '-3'),
        line.replace('30SEP2020', '29SEP2020'),
        line.replace('Z99999', 'z 1'),
      ].join('\n'),
    )
    expect(rows).toEqual([])
    expect(refused.map((one) => one.line)).toEqual([2, 3, 4, 5])
  })

  test('takes nothing from a file without its columns', () => {
    expect(parsePomi('a,b\n1,2').refused).toHaveLength(1)
  })
})

describe('the other files', () => {
  const one = aRow({ prescState: 1, recordState: 0, totalUse: 200, newEnabled: 7 })
  const other = aRow({
    practice: 'A00001',
    supplier: 'PATIENT ONLINE',
    listSize: 100,
    totalUse: 9,
    summary: { appointment_dna_appt_count: 3, new_online_patient_count: 2 },
  })
  const placed = [one, other].map((row) => ({ row, at: exampleAt }))

  test('for the website: one line a practice, switches as 1 or 0, by code', () => {
    expect(choicesFile([one, other]).split('\n').slice(1, 3)).toEqual([
      '31-Dec-23,A00001,EXAMPLE SURGERY,PATIENT ONLINE,100,1,4210,180,0,0,0,0,0,0',
      '31-Dec-23,Z99999,EXAMPLE SURGERY,EMIS,10387,1,4210,180,0,0,0,0,0,0',
    ])
  })

  test('for benefits: one line a supplier, with what it does not count left blank', () => {
    const [head = '', ...lines] = monthSummaryFile(month('2023-12'), [one, other]).split('\n')
    const column = (line: string, name: string) => line.split(',')[head.split(',').indexOf(name)]
    expect(lines.slice(0, 2).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['31DEC2023', 'EMIS'],
      ['31DEC2023', 'PATIENT ONLINE'],
    ])
    expect(column(lines[0] ?? '', 'new_online_patient_count')).toBe('7')
    expect(column(lines[0] ?? '', 'appointment_dna_appt_count')).toBe('')
    expect(column(lines[1] ?? '', 'appointment_dna_appt_count')).toBe('3')
    expect(column(lines[1] ?? '', 'comms_online_patient_count')).toBe('')
  })

  test('for the dashboard: each practice beside the sums of its places', () => {
    const [head = '', line = ''] = dashboardFile(placed).split('\n')
    const cell = (name: string) => line.split(',')[head.split(',').indexOf(name)]
    expect(cell('practice_code')).toBe('Z99999')
    expect(cell('NoPatients')).toBe('10387')
    expect(cell('NAT_NoPatients')).toBe('10487')
    expect(cell('SUB_ICB_APPT_FUNC_FLAG')).toBe('2')
    expect(cell('ICB_Practices')).toBe('2')
  })
})

import pg from 'pg'

const parsers = new Map<number, (text: string) => unknown>([
  [20, Number],
  [1082, (text) => text],
  [1184, instantOf],
  [1700, Number],
])

const anyInstant = pg.types.getTypeParser(1184) as (text: string) => unknown

/** 2026-03-02 09:05:00.123+00 as every connection of ours has it; anything else is left to pg. */
function instantOf(text: string): unknown {
  const isPlain = text[4] === '-' && text[10] === ' ' && text.endsWith('+00')
  return isPlain ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : anyInstant(text)
}

/** How column values arrive: bigint and numeric as numbers, dates as 2026-03-02, the rest as pg has it. */
export const valueTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsers.get(type)
    // pg's overloads cannot be met by one signature; the choice by type id is the same.
    return own ?? (pg.types.getTypeParser(type, format) as (text: string) => unknown)
  },
}

/** A column of what a statement finds: the key it has in a row, and how its text is read. */
export interface Column {
  readonly key: string
  readonly read: (text: string) => unknown
}

/** The columns that the database names. */
export function columnsOf(
  fields: readonly { readonly name: string; readonly dataTypeID: number }[],
): readonly Column[] {
  return fields.map(({ name, dataTypeID }) => ({
    key: camelCase(name),
    read: valueTypes.getTypeParser(dataTypeID, 'text'),
  }))
}

/** A row as an object with camelCase keys; a null column is left out, so that absent is undefined. */
export function rowOf(columns: readonly Column[], values: readonly (string | null)[]): object {
  const row: Record<string, unknown> = {}
  for (let place = 0; place < columns.length; place++) {
    const column = columns[place]
    const text = values[place]
    if (!column || text === null || text === undefined) continue
    const value = column.read(text)
    if (value !== null) row[column.key] = value
  }
  return row
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

import type { QueryArrayResult } from 'pg'
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

/** Rows as objects with camelCase keys; a null column is left out, so that absent is undefined. */
export function rowsOf(result: QueryArrayResult): readonly object[] {
  const keys = result.fields.map((field) => camelCase(field.name))
  return result.rows.map((row) => {
    const object: Record<string, unknown> = {}
    for (let column = 0; column < keys.length; column++) {
      const value = row[column] as unknown
      const key = keys[column]
      if (value !== null && key !== undefined) object[key] = value
    }
    return object
  })
}

const camel = new Map<string, string>()

function camelCase(name: string): string {
  let key = camel.get(name)
  if (key === undefined) {
    key = name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    camel.set(name, key)
  }
  return key
}

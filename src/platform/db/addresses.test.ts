import { describe, expect, test } from 'vitest'
import { addressesOf } from './addresses.ts'

describe('addressesOf', () => {
  test.each([
    'postgres://me:hush@one/name',
    'postgres://one:5433/name?sslmode=require',
    'postgres://me@/name?host=%2Fdata&port=5432',
  ])('leaves an address of one host as it is: %s', (address) => {
    expect(addressesOf(address)).toEqual([address])
  })

  test('gives each of several hosts its own port, in their order', () => {
    expect(
      addressesOf('postgres://me:hush@one:1,two:2/name?target_session_attrs=read-write'),
    ).toEqual(['postgres://me:hush@one:1/name', 'postgres://me:hush@two:2/name'])
  })

  test('gives each of several sockets its own folder and port', () => {
    expect(addressesOf('postgres://me@/name?host=/one,/two&port=1,2')).toEqual([
      'postgres://me@/name?host=%2Fone&port=1',
      'postgres://me@/name?host=%2Ftwo&port=2',
    ])
  })

  test('gives one port to all sockets', () => {
    expect(addressesOf('postgres://me@/name?host=/one,/two&port=7')).toEqual([
      'postgres://me@/name?host=%2Fone&port=7',
      'postgres://me@/name?host=%2Ftwo&port=7',
    ])
  })
})

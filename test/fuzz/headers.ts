import fc from 'fast-check'

const choices: Readonly<Record<string, readonly string[]>> = {
  accept: ['application/json', '*/*', 'text/html;q=0', 'image/*', 'x', ''],
  'accept-encoding': ['br', 'gzip, br;q=0', 'identity;q=0', '*;q=0', 'deflate'.repeat(100)],
  'accept-language': ['cy', 'x-klingon', 'en;q=nan', '*', '-'.repeat(500)],
  host: ['', 'example.test', 'localhost:99999', '[::1', 'a b', '127.0.0.1', 'LOCALHOST'],
  origin: ['null', 'http://localhost', 'https://example.test', 'x', ''],
  referer: ['x', 'http://localhost/', 'https://example.test/'],
  'sec-fetch-site': ['cross-site', 'same-origin', 'none', 'x'],
  'x-forwarded-for': ['1.2.3.4', 'x', '::1, 2.3.4.5', ','.repeat(300), '999.1.1.1'],
  'x-forwarded-host': ['example.test', ''],
  'x-forwarded-proto': ['https', 'x,y'],
  'x-request-id': ['1', '\u00ff', 'x'.repeat(2000)],
  traceparent: ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-', 'x'],
  'if-none-match': ['*', '"x"', 'W/"'],
  'if-modified-since': ['x', 'Tue, 03 Mar 2026 10:00:00 GMT'],
  range: ['bytes=0-0', 'bytes=9-1', 'bytes=0-0,1-1,2-2', 'x'],
  'user-agent': ['', 'x'.repeat(4000), '\u00e9\u00ff', 'Mozilla/5.0 (iPhone)', '<fuzz-7 x="1">'],
  'x-http-method-override': ['DELETE', 'GET'],
  expect: ['100-continue'],
  upgrade: ['websocket', 'h2c'],
  'content-language': ['x'],
  authorization: ['Bearer x', 'Basic eDp5', 'x'],
  'transfer-encoding': ['identity'],
}

/** One header that a browser would not send, or not so. */
export const aHeader: fc.Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  ...Object.entries(choices).map(([name, values]) =>
    fc.constantFrom(...values).map((value) => ({ [name]: value })),
  ),
)

const kept = [
  'device',
  'passkey-sign-in',
  'passkey-addition',
  'nhs-login',
  'authenticator',
  'sign-up',
]
const token = 'A'.repeat(43)

/** Cookies that a browser was never given, after those that it was. */
export const oddCookies: readonly string[] = [
  ...kept.flatMap((name) => [`${name}=${token}`, `${name}=x`, `${name}=`]),
  'patient-sign-in=x.y',
  `patient-sign-in=00000000-0000-7000-8000-000000000000.${token}`,
  `practice-sign-in=00000000-0000-7000-8000-000000000000.${token}`,
  'a=%',
  'a=%ff%fe',
  '=; ;; =x;',
  '__proto__=x; constructor=y',
  `long=${'x'.repeat(6000)}`,
]

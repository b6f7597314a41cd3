import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'

const onOff = z.enum(['on', 'off'])

const whole = (min: number, max: number) =>
  z.coerce.number({ error: 'must be a number' }).int().min(min).max(max)

/** Another machine is spoken to under encryption; a stand-in on this one may do without. */
const remote = z
  .string()
  .regex(
    /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:|\/|$))[^?#]*$/,
    'must be an https address (http only for this machine), without ? or #',
  )

const settings = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('data'),
  SECRET_KEYS_FILE: z.string().min(1).optional(),
  DATABASE_CONNECTIONS: whole(2, 200).default(12),
  REQUESTS_AT_ONCE: whole(1, 10_000).optional(),
  REQUESTS_WAITING: whole(0, 100_000).default(500),
  METRICS_PORT: whole(0, 65_535).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  DRAIN_SECONDS: whole(0, 300).default(0),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  DEMO: onOff.optional(),
  SHOW_NHS_LOGO: onOff.default('off'),
  EPS_URL: remote.optional(),
  EPS_TOKEN_FILE: z.string().min(1).optional(),
  EPS_TRACKING_URL: remote.optional(),
  NHS_LOGIN_ISSUER: remote.optional(),
  NHS_LOGIN_CLIENT_ID: z.string().min(1).optional(),
  NHS_LOGIN_KEY_FILE: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/?#]+$/, 'must be smtp:// or smtps:// and a server')
    .optional(),
  MAIL_FROM: z.email({ error: 'must be an e-mail address' }).optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
})

/** The service's settings, from environment variables of the same names in capitals. */
export interface Config {
  readonly port: number
  readonly host: string
  /** A database of one's own; absent where the embedded one is used. */
  readonly databaseUrl?: string
  readonly dataDir: string
  /** Keys that secrets in the database are sealed with. In the data folder unless said otherwise. */
  readonly secretKeysFile: string
  readonly databaseConnections: number
  /** Requests worked on at once: by default four for each connection to the database. */
  readonly requestsAtOnce: number
  /** Requests that may wait for their turn; one more is told to come back later. */
  readonly requestsWaiting: number
  /** Where metrics are read, apart from the site; absent where nobody reads them. */
  readonly metrics?: { readonly port: number; readonly host: string }
  /** How long the service says that it is leaving before it takes no more requests. */
  readonly drainSeconds: number
  /** Where people reach the service; its scheme decides whether cookies need https. */
  readonly publicUrl: string
  /** Whether demo practices are made and /demo says how to sign in. On by default with the embedded database. */
  readonly demo: boolean
  readonly showNhsLogo: boolean
  readonly logLevel: string
  /** The prescribing system that approved prescriptions are sent to; absent where none is connected. */
  readonly eps?: EpsAddress
  /** How this service is known to NHS login; absent where it is not. */
  readonly nhsLogin?: NhsLoginAddress
  /** Where mail goes; absent where it stays in the database. */
  readonly mail?: MailAddress
}

/** The mail server that mail is handed to, its sign-in within the address, and who it is from. */
export interface MailAddress {
  readonly url: string
  readonly from: string
}

/** Where NHS login is, and who this service is to it. */
export interface NhsLoginAddress {
  /** Without a slash at the end. */
  readonly issuer: string
  readonly clientId: string
  /** A file with the service's private key, in PKCS 8 PEM. */
  readonly keyFile: string
}

/** Where prescriptions go, and where their way is followed. */
export interface EpsAddress {
  /** Without a slash at the end; messages go to `$process-message` under it. */
  readonly url: string
  /** A file with the bearer token, read for each request so that it can be changed while running. */
  readonly tokenFile?: string
  /** Where pharmacies' updates are asked for; absent where they are not. */
  readonly trackingUrl?: string
}

/** Reads every setting, or says in one line each what is wrong with which. Empty means not set. */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, readonly string[]> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    return refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const found = parsed.data
  const nhsLogin = nhsLoginOf(found)
  if (!nhsLogin.ok) return nhsLogin
  const mail = mailOf(found)
  if (!mail.ok) return mail
  return accept({
    ...nhsLogin.value,
    ...mail.value,
    port: found.PORT,
    host: found.HOST,
    ...(found.DATABASE_URL !== undefined && { databaseUrl: found.DATABASE_URL }),
    dataDir: found.DATA_DIR,
    secretKeysFile: found.SECRET_KEYS_FILE ?? `${found.DATA_DIR}/secret-keys`,
    databaseConnections: found.DATABASE_CONNECTIONS,
    requestsAtOnce: found.REQUESTS_AT_ONCE ?? 4 * found.DATABASE_CONNECTIONS,
    requestsWaiting: found.REQUESTS_WAITING,
    ...(found.METRICS_PORT !== undefined && {
      metrics: { port: found.METRICS_PORT, host: found.METRICS_HOST },
    }),
    drainSeconds: found.DRAIN_SECONDS,
    publicUrl: found.PUBLIC_URL ?? `http://localhost:${found.PORT}`,
    demo: found.DEMO === undefined ? found.DATABASE_URL === undefined : found.DEMO === 'on',
    showNhsLogo: found.SHOW_NHS_LOGO === 'on',
    logLevel: found.LOG_LEVEL,
    ...epsOf(found),
  })
}

function epsOf(found: z.infer<typeof settings>): Pick<Config, 'eps'> {
  if (found.EPS_URL === undefined) return {}
  return {
    eps: {
      url: withoutSlash(found.EPS_URL),
      ...(found.EPS_TOKEN_FILE !== undefined && { tokenFile: found.EPS_TOKEN_FILE }),
      ...(found.EPS_TRACKING_URL !== undefined && {
        trackingUrl: withoutSlash(found.EPS_TRACKING_URL),
      }),
    },
  }
}

function nhsLoginOf(
  found: z.infer<typeof settings>,
): Result<Pick<Config, 'nhsLogin'>, readonly string[]> {
  const { NHS_LOGIN_ISSUER: at, NHS_LOGIN_CLIENT_ID: clientId, NHS_LOGIN_KEY_FILE: keyFile } = found
  if (at === undefined && clientId === undefined && keyFile === undefined) return accept({})
  if (at === undefined || clientId === undefined || keyFile === undefined)
    return refuse(['NHS_LOGIN_ISSUER, NHS_LOGIN_CLIENT_ID, NHS_LOGIN_KEY_FILE: set all or none'])
  return accept({ nhsLogin: { issuer: withoutSlash(at), clientId, keyFile } })
}

function mailOf({
  SMTP_URL: url,
  MAIL_FROM: from,
}: z.infer<typeof settings>): Result<Pick<Config, 'mail'>, readonly string[]> {
  if (url === undefined && from === undefined) return accept({})
  if (url === undefined || from === undefined)
    return refuse(['SMTP_URL, MAIL_FROM: set both or none'])
  return accept({ mail: { url, from } })
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

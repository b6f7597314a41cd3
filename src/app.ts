import type { FastifyInstance } from 'fastify'
import type { OpenIdSettings } from '#platform/auth'
import type { EpsAddress } from '#platform/config'
import type { Database } from '#platform/db'
import { buildAssets } from '#platform/html'
import { openServer, type TurnLimits } from '#platform/http'
import type { JobHandler } from '#platform/jobs'
import type { Log } from '#platform/log'
import { matchingByNhsLogin } from '#modules/registration'
import type { Metrics } from '#platform/metrics'
import { accessJobs, registerAccess } from './modules/access/plugin.ts'
import { accountJobs, registerAccounts } from './modules/accounts/plugin.ts'
import { appointmentJobs, registerAppointments } from './modules/appointments/plugin.ts'
import { registerHome } from './modules/home/plugin.ts'
import { messageJobs, registerMessages } from './modules/messages/plugin.ts'
import { practiceJobs, registerPractice, registerStaff } from './modules/practice/plugin.ts'
import { prescriptionJobs, registerPrescriptions } from './modules/prescriptions/plugin.ts'
import { registerRegistration } from './modules/registration/plugin.ts'
import { recordJobs, registerRecord } from './modules/record/plugin.ts'
import { registerUptake, uptakeJobs } from './modules/uptake/plugin.ts'

export interface AppOptions {
  readonly db: Database
  readonly log: Log
  readonly publicUrl: string
  readonly showNhsLogo: boolean
  /** The password of every demo account; absent where there are no demo people. */
  readonly demoPassword?: string
  /** How the service is known to NHS login; without it, nobody can sign in by it. */
  readonly nhsLogin?: OpenIdSettings | undefined
  /** Whether approved prescriptions go to a prescribing system; staff are told where none is. */
  readonly isEpsConnected?: boolean
  readonly metrics?: Metrics
  /** How much may be in hand at once. */
  readonly turns?: TurnLimits
  /** Whether the service is about to stop. */
  readonly isLeaving?: () => boolean
}

/** Puts the capabilities together into one server that does not listen yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { db, log, publicUrl, showNhsLogo, demoPassword, isEpsConnected = false } = options
  const { metrics, turns, isLeaving = () => false } = options
  const app = await openServer({
    publicUrl,
    showNhsLogo,
    log,
    assets: await buildAssets(),
    health: { isDatabaseThere: () => db.isThere(), isLeaving },
    ...(metrics && { metrics }),
    ...(turns && { turns }),
  })
  app.decorate('db', db)
  registerHome(app, { demo: demoPassword !== undefined })
  registerAccounts(app, {
    publicUrl,
    demoPassword,
    nhsLogin: options.nhsLogin,
    matching: matchingByNhsLogin,
  })
  registerAccess(app)
  registerAppointments(app)
  registerPrescriptions(app, { isEpsConnected })
  registerRecord(app)
  registerMessages(app)
  registerPractice(app)
  registerUptake(app)
  registerRegistration(app, { publicUrl })
  registerStaff(app, { publicUrl })
  return app
}

/** What the capabilities do when their jobs are due, where nothing outside is connected. */
export const jobHandlers: readonly JobHandler[] = jobHandlersWith(undefined)

/** As `jobHandlers`, with the prescribing system that prescriptions go to. */
export function jobHandlersWith(eps: EpsAddress | undefined): readonly JobHandler[] {
  return [
    ...accountJobs,
    ...accessJobs,
    ...messageJobs,
    ...appointmentJobs,
    ...prescriptionJobs(eps),
    ...recordJobs,
    ...uptakeJobs,
    ...practiceJobs,
  ]
}

import { setTimeout as delay } from 'node:timers/promises'
import { openClient } from '../bench/client.ts'
import { askAs } from './asking.ts'
import type { Journal } from './journal.ts'
import { nextPatientAct, type PatientClient } from './patient-acts.ts'
import type { Surgery } from './practice.ts'
import { nextStaffAct } from './staff-acts.ts'
import { tryEndedSignIn, signOutOne, type LeavingClient } from './sign-out-acts.ts'

/** Milliseconds after which a request that has no answer counts as left hanging. */
const longestAnswerMs = 45_000

/** People who go on using the service until they are told to stop. */
export interface Load {
  /** Everybody ends what they are at, with a certain answer. Throws what a client threw. */
  stop(): Promise<void>
}

/**
 * Lets everybody of the practice use the service at once through these ports: patients, staff, and
 * people who sign out. Whoever gets no answer goes on to the next port.
 */
export function startLoad(
  surgery: Surgery,
  slotIds: readonly string[],
  ports: readonly number[],
  journal: Journal,
): Load {
  let stopping = false
  const clients = ports.map((port) => openClient(port, 128, longestAnswerMs))
  const ask = (cookie: string, index: number) =>
    askAs(cookie, [...clients.slice(index % clients.length), ...clients.slice(0, index)], journal)
  const repeatedly = async (act: () => Promise<void>, pauseMs: number): Promise<void> => {
    while (!stopping) {
      await act()
      await delay(Math.random() * 2 * pauseMs)
    }
  }
  const patients = surgery.patients.map(({ patientId, cookie }, index): PatientClient => ({
    patientId,
    ask: ask(cookie, index),
    journal,
    slotIds,
    held: [],
    isTold: false,
  }))
  const leaving: LeavingClient = { spare: [...surgery.spare], clients, journal }
  const all = [
    ...patients.map((patient) => repeatedly(() => nextPatientAct(patient), 60)),
    ...surgery.staff.map(({ staffId, cookie }, index) =>
      repeatedly(() => nextStaffAct({ staffId, ask: ask(cookie, index), journal }), 20),
    ),
    repeatedly(() => signOutOne(leaving), 1000),
    repeatedly(() => tryEndedSignIn(leaving), 200),
  ]
  const ended = Promise.all(all)
  // What a client throws is told by `stop`; until then it must not end the process.
  ended.catch(() => undefined)
  return {
    stop: async () => {
      stopping = true
      await ended
      for (const client of clients) client.close()
    },
  }
}

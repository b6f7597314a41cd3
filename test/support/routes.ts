import type { Asks } from '../access-matrix.test.ts'

/** Who each route is for. A route that is not here fails the access matrix. */
export const routes: Readonly<Record<string, Asks>> = {
  'GET /': 'public',
  'GET /accessibility': 'public',
  'GET /contact': 'public',
  'GET /privacy': 'public',
  'GET /signed-out': 'public',
  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'POST /sign-out': 'public',
  'GET /practice/sign-in': 'public',
  'POST /practice/sign-in': 'public',
  'POST /practice/sign-out': 'public',

  'GET /home': { patient: 'home' },
  'GET /practice/patients': { staff: 'find-patients' },
  'GET /practice/patients/:patientId': { staff: 'find-patients' },
}

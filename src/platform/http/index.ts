export { parseForm, typedText, type FieldFault, type FormFaults } from './form.ts'
export { dropKept, keep, readKept, type KeptCookie } from './kept-cookie.ts'
export type { Health } from './health.ts'
export { NotFound, Refused, SeeOther } from './leave.ts'
export { sendPage, type PageFacts } from './page.tsx'
export { openServer } from './server.ts'
export {
  clearSignIn,
  readSignIn,
  writeSignIn,
  type Face,
  type PresentedSignIn,
} from './sign-in-cookie.ts'
export type { TurnLimits } from './turns.ts'

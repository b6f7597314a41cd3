export { fillDemo, NotMadeUpError, type DemoReport } from './commands/fill-demo.ts'
export {
  demoPassword,
  demoPeople,
  type DemoAccess,
  type DemoPerson,
} from './domain/demo-people.ts'
export type { HoldReason, Secret } from './domain/entry.ts'
export { smallDemo, type DemoSize } from './domain/size.ts'
export { demoTruth, type DemoTruth } from './domain/truth.ts'

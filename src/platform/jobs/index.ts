export { readBacklog, type Backlog } from './backlog.ts'
export { enqueue, type JobPayload } from './enqueue.ts'
export { runDueJobs, startWorker, type JobHandler } from './worker.ts'

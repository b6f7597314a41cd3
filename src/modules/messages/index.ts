export { recentNotices, type Notice } from './queries/notices.ts'

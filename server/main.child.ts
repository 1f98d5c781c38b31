/** Serves at the port of the environment; says where, or why not, and ends by itself when nothing is left to do. */
import { startServer } from './main.ts'
import { openApp } from './openApp.ts'

try {
  const server = await startServer(await openApp(process.env))
  process.stdout.write(`${server.url}\n`)
  process.stdin.on('data', () => void server.close().then(() => process.stdin.destroy()))
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? error.code : error}\n`)
}

/** Every part that is measured has a process of its own: what makes the load never shares a thread with what bears it. */
import { type ChildProcess, fork } from 'node:child_process'

export type Child<Ready> = {
  readonly pid: number
  readonly ready: Ready
  tell(message: object): void
  /** Sends a message and waits for the next one that comes back. */
  ask<Answer>(message: object, boundMs?: number): Promise<Answer>
  kill(): Promise<void>
  stop(): Promise<void>
}

export type ChildOptions = {
  readonly cwd?: string
  readonly args?: readonly string[]
  readonly env?: { readonly [name: string]: string }
  readonly nodeOptions?: readonly string[]
  readonly boundMs?: number // until it is ready
}

const BOUND_MS = 120_000
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a module of this folder and waits until it says that it is ready. */
export async function startChild<Ready>(
  module: string,
  { cwd, args = [], env = {}, nodeOptions = [], boundMs = BOUND_MS }: ChildOptions,
): Promise<Child<Ready>> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GRIDWATCH_'))
  const child = fork(module, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...Object.fromEntries(own), NODE_ENV: 'production', ...env },
    execArgv: [...nodeOptions, ...(process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean)],
  })
  running.add(child)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.once('exit', () => running.delete(child))
  const ready = await nextMessage<Ready>(child, module, boundMs)
  return {
    pid: child.pid ?? 0,
    ready,
    tell: message => void child.send(message),
    ask<Answer>(message: object, boundMs = BOUND_MS) {
      const answer = nextMessage<Answer>(child, module, boundMs)
      child.send(message)
      return answer
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Runs a module that says one thing and ends. */
export async function runChild<Result>(module: string, options: ChildOptions): Promise<Result> {
  const child = await startChild<Result>(module, options)
  await child.stop()
  return child.ready
}

/** From within a child. */
export function tell(message: object): void {
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(message)}\n`)
  else process.send(message)
}

function nextMessage<T>(child: ChildProcess, module: string, boundMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
    }
    const onMessage = (message: unknown) => {
      done()
      resolve(message as T)
    }
    const onExit = (code: number | null, signal: string | null) => {
      done()
      reject(new Error(`${module} ended with ${signal ?? code} before it answered`))
    }
    const timer = setTimeout(() => {
      done()
      reject(new Error(`${module} did not answer within ${boundMs / 1000} s`))
    }, boundMs)
    child.on('message', onMessage)
    child.once('exit', onExit)
  })
}

import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** What the figures are figures of. The load tells whether the machine had something else to do. */
export function machine(): string {
  const memoryGiB = Math.round(totalmem() / 2 ** 30)
  const [load = 0] = loadavg()
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${memoryGiB} GiB`,
    `Linux ${release()}, Node ${process.versions.node}`,
    `commit ${commit()}`,
    `load at the start ${load.toFixed(1)}`,
  ].join('; ')
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
      stdio: 'pipe',
    }).trim()
  } catch {
    return 'unknown'
  }
}

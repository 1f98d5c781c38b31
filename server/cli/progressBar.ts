import type { Io } from './command.ts'

const WIDTH = 30

/** A bar on a terminal; nothing where nobody watches. `done` and `total` share any unit. */
export function progressBar(io: Io, label: string): (done: number, total: number) => void {
  const { progress } = io
  if (progress === null) return () => {}
  let shown = -1
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
    if (percent === shown) return
    shown = percent
    const filled = Math.round((WIDTH * percent) / 100)
    progress(`${label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} %${percent === 100 ? '\n' : ''}`)
  }
}

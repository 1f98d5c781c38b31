import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import type { SimCommand } from '../simulator/port.ts'

const OFFICES = ['dispatcher', 'leader', 'resident', 'hotline'] as const

/**
 * Whoever acts in the simulator's story, as the one that the table of rights knows: it gives the same commands as everyone
 * else and may do no more. Residents rate when the desk calls them back, so the desk records it.
 */
export function simulatedViewer(
  command: Pick<SimCommand, 'verb' | 'actor'>,
  reference: ReferenceData,
  roots: readonly string[],
): Viewer {
  const { actor, verb } = command
  const worker = reference.workers.get(actor)
  const office = OFFICES.find(name => name === actor)
  const base = { areas: roots, worker: null, leads: [], device: null, name: actor, tokenId: `simulated-${actor}` }
  if (worker !== undefined) return { ...base, role: 'worker', worker: worker.id, leads: worker.leads }
  if (office === 'leader') return { ...base, role: 'leader' }
  if (office === 'dispatcher' || verb === 'rate')
    return { ...base, role: 'dispatcher', tokenId: 'simulated-dispatcher' }
  if (office === 'resident' || office === 'hotline') return { ...base, role: 'reporter' }
  return { ...base, role: 'device', device: actor }
}

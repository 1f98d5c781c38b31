import { onScopeDispose, watch } from 'vue'
import { liveIncidents } from '../sla/liveIncident.ts'
import { monotonic } from '../stores/time.ts'
import { useWallStore } from '../stores/wallStore.ts'
import { isReloadDue } from './newBuild.ts'

const LOOK_EVERY_MS = 300_000
const TRY_EVERY_MS = 10_000
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Asks at each reconnection, and now and then, which build is served, and loads this page anew when its moment has come. */
export function useNewBuild(): void {
  const wall = useWallStore()
  const own = document.querySelector<HTMLMetaElement>('meta[name="gridwatch-build"]')?.content ?? null
  let touchedAt = monotonic()
  let lookedAt = monotonic()
  let newerSince: number | null = null
  let isChunkMissing = false

  async function look(): Promise<void> {
    lookedAt = monotonic()
    const served = await servedBuild()
    const now = monotonic()
    if (own !== null && served !== null) newerSince = served === own ? null : (newerSince ?? now)
    const standing = {
      own,
      served,
      isChunkMissing,
      pageAgeMs: now,
      idleMs: now - touchedAt,
      urgent: urgent(),
      waitedMs: newerSince === null ? 0 : now - newerSince,
    }
    if (isReloadDue(standing)) location.reload() // the address says all that is shown
  }

  function urgent(): number {
    if (wall.live === null || wall.now === null) return 0
    const all = liveIncidents(wall.live.incidents.values(), wall.now, true)
    return all.filter(({ state }) => state === 'atRisk' || state === 'breached').length
  }

  const touched = () => {
    touchedAt = monotonic()
  }
  const chunkMissing = () => {
    isChunkMissing = true
  }
  watch(
    () => wall.link,
    link => {
      if (link === 'live') void look()
    },
  )
  const timer = setInterval(() => {
    const isWanted = newerSince !== null || isChunkMissing
    if (isWanted || monotonic() - lookedAt >= LOOK_EVERY_MS) void look()
  }, TRY_EVERY_MS)
  for (const touch of TOUCHES) addEventListener(touch, touched, { passive: true })
  addEventListener('vite:preloadError', chunkMissing)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const touch of TOUCHES) removeEventListener(touch, touched)
    removeEventListener('vite:preloadError', chunkMissing)
  })
}

async function servedBuild(): Promise<string | null> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' })
    return answer.ok ? answer.headers.get('gridwatch-build') || null : null
  } catch {
    return null
  }
}

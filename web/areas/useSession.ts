/** Who looks, and the frame that both pages stand in: areas, words of categories, clocks, the store's zone. */
import { computed, onScopeDispose, shallowRef } from 'vue'
import { type Api, createApi, type Problem, problemOf } from '../graphql/client.ts'
import { dropToken, takeToken } from '../graphql/token.ts'
import { chance } from '../stores/time.ts'
import { AreasFrameDocument, type AreasFrameQuery } from './generated.ts'
import { addAreasTexts } from './texts.ts'

export type Frame = AreasFrameQuery
type FrameArea = Frame['areas'][number]
export type Session = ReturnType<typeof useSession>

export function useSession() {
  addAreasTexts()
  const token = takeToken()
  const api = shallowRef<Api | null>(null)
  const frame = shallowRef<Frame | null>(null)
  const problem = shallowRef<Problem | null>(token === null ? 'unauthenticated' : null)
  document.documentElement.dataset['surface'] = 'desk'
  onScopeDispose(() => {
    delete document.documentElement.dataset['surface']
    api.value?.close()
  })

  function fail(error: unknown): void {
    problem.value = problemOf(error)
    if (problem.value === 'unauthenticated') dropToken()
  }
  async function open(): Promise<void> {
    if (token === null) return
    api.value ??= createApi(location.origin, token, chance)
    try {
      frame.value = await api.value.ask(AreasFrameDocument, {})
      problem.value = null
    } catch (error) {
      fail(error)
    }
  }
  void open()

  function branching(start: string): string {
    for (let area = start; ; ) {
      const [only, more] = frame.value?.areas.filter(({ parent }) => parent?.code === area) ?? []
      if (more !== undefined) return area
      if (only === undefined) return start
      area = only.code
    }
  }
  const byCode = computed(() => new Map(frame.value?.areas.map(area => [area.code, area])))
  return {
    api,
    frame,
    problem,
    fail,
    open,
    zone: computed(() => frame.value?.settings.timezone ?? 'UTC'),
    clocks: computed(() => [
      ...new Set(frame.value?.policies.flatMap(policy => policy.clocks.map(({ name }) => name))),
    ]),
    /** From the root down to the area itself, as far as the viewer sees. */
    pathTo(code: string | null): FrameArea[] {
      const path: FrameArea[] = []
      for (
        let area = byCode.value.get(code ?? '');
        area && !path.includes(area);
        area = byCode.value.get(area.parent?.code ?? '')
      )
        path.unshift(area)
      return path
    },
    hasChildren: (code: string) => frame.value?.areas.some(area => area.parent?.code === code) ?? false,
    areaName: (code: string) => byCode.value.get(code)?.name ?? code,
    /** Where a viewer begins: at the one area that is theirs, or below it where it first branches; else above all. */
    home: computed(() => {
      const [own, another] = frame.value?.me.areas ?? []
      return own === undefined || another !== undefined ? null : branching(own)
    }),
    isOwn: (code: string) => {
      const own = frame.value?.me.areas ?? []
      for (let area = byCode.value.get(code); area; area = byCode.value.get(area.parent?.code ?? ''))
        if (own.includes(area.code)) return true
      return false
    },
  }
}

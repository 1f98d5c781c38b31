import { computed } from 'vue'
import { useAnswer } from '../graphql/client.ts'
import { GridPlateDocument } from '../graphql/generated.ts'
import { useWallStore } from '../stores/wallStore.ts'
import { shownPlate } from './plate.ts'
import { useWallView } from './useWallView.ts'

/** The plate of an area, asked afresh when another one is shown and whenever the day's figures were. */
export function usePlate(code: () => string | null) {
  const wall = useWallStore()
  const view = useWallView()
  const dayShown = computed(() => (wall.replayAt === null ? null : (wall.figures?.from ?? null)))
  const answer = useAnswer(wall.ask, GridPlateDocument, () => {
    const wanted = code()
    // A replay's frames come too often to ask at each: its plate is the one of its day.
    const validAt = dayShown.value === null ? undefined : new Date(dayShown.value).toISOString()
    if (dayShown.value === null) void wall.figures
    return wanted === null ? null : { code: wanted, validAt }
  })
  const openOf = (area: string) => view.open.value.filter(({ incident }) => incident.path.includes(area)).length
  return computed(() => shownPlate(answer.value?.area ?? null, code(), openOf, wall.replayAt === null))
}

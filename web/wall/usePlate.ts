import { computed } from 'vue'
import { useAnswer } from '../graphql/client.ts'
import { GridPlateDocument } from '../graphql/generated.ts'
import { readPlate } from '../stores/readWall.ts'
import { useWallStore } from '../stores/wallStore.ts'

/** The plate of an area, asked afresh when another one is shown and whenever the day's figures were. */
export function usePlate(code: () => string | null) {
  const wall = useWallStore()
  const answer = useAnswer(wall.ask, GridPlateDocument, () => {
    const wanted = code()
    void wall.figures
    const validAt = wall.replayAt === null ? undefined : new Date(wall.replayAt).toISOString()
    return wanted === null ? null : { code: wanted, validAt }
  })
  return computed(() => (answer.value?.area && answer.value.area.code === code() ? readPlate(answer.value.area) : null))
}

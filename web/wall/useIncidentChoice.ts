import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The incident that somebody picked, as the address says: `?incident=ID`. Picked again it is let go. */
export function useIncidentChoice() {
  const route = useRoute()
  const router = useRouter()
  const incident = computed(() => {
    const { incident: id } = route.query
    return typeof id === 'string' && id !== '' ? id : null
  })
  return {
    incident,
    pick(id: string): void {
      void router.push({
        query: { ...route.query, incident: id === incident.value ? undefined : id, replay: undefined },
      })
    },
  }
}

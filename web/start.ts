/** The first code of every page: asks at once for what the face at this address is made of, not for one part after the other. */
import './styles/tokens.css'
import './styles/base.css'
import { askFrameAhead } from './graphql/frameAhead.ts'
import { fontRules } from './styles/fonts.ts'

const wall = [async () => askFrameAhead(), () => import('./map/WallMap.vue'), () => import('./wall/WallFace.vue')]
const FACES: { readonly [path: string]: readonly (() => Promise<unknown>)[] } = {
  '/': wall,
  '/wall': wall,
  '/studio': [() => import('./studio/StudioFace.vue')],
  '/studio/tracks': [() => import('./tracks/TracksPage.vue'), () => import('./map/WallMap.vue')],
}

const parts = FACES[location.pathname] ?? []
// What fails to come is asked for again, and told, where it is needed.
for (const part of parts) part().catch(() => {})
const code = import('./main.ts')
// A live wall begins with boundaries; everything else with text, which is drawn in its own face from the first.
const isReplay = ['at', 'replay'].some(name => new URLSearchParams(location.search).has(name))
void (parts === wall && !isReplay ? code : fontRules()).then(() => code).then(({ mount }) => mount())

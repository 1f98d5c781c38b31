import type { Role } from '../access/viewer.ts'

/** What each role may do inside its areas, in a line; `access/may.ts` is the table itself. */
export const ROLE_WORDS: { readonly [role in Role]: string } = {
  wall: 'a screen on a wall: reads, changes nothing',
  worker:
    'a grid worker (with --worker): reads, reports, accepts, arrives, resolves; leads where the worker leads an area',
  section: 'a section: reads, signals and reports',
  reporter: 'a courier or resident: signals and reports, and sees only that',
  dispatcher:
    'the command desk: reads and gives every command but restoring, supervising and voiding after a breach; people’s tracks, exports',
  leader: 'a leader: reads; verifies, reopens, voids, supervises; people’s tracks, exports with small counts too',
  analyst: 'the studio: reads and exports, changes nothing',
  admin: 'looks after the machine: reads and exports, but no personal data, no positions, no tracks',
  auditor: 'reads everything’s trail, people’s tracks and which files left, exports; changes nothing',
  device: 'a phone or sensor (with --device, a phone with --worker too): sends positions and signals, reads nothing',
}

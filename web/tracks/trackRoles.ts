/** Who may see where people went; the server decides, this only says so before somebody has written a reason. */
const TRACK_ROLES: readonly string[] = ['leader', 'dispatcher', 'auditor']
export const seesTracks = (role: string): boolean => TRACK_ROLES.includes(role)

/* Written by generate.ts; do not edit. */
export const frameText =
  'query WallFrame{settings{timezone name demo simulate roots levels bounds basemap heat{unit bandwidthM windowMs classes}}me{role areas name}categories{id name symbol}areas{code name level households residents hectares bbox geometry parent{code}}}'

export type BlockKind = 'oldTown' | 'slab' | 'tower' | 'office' | 'market' | 'school' | 'hospital' | 'park'
/** What is built on one face of the mesh. */
export type Block = { readonly face: number; readonly kind: BlockKind; readonly households: number }

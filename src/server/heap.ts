import { setFlagsFromString } from 'node:v8'

/**
 * Buffers lie outside of the heap, and go only when the heap's young generation is collected: it is kept from growing,
 * or a backup would hold hundreds of megabytes that nobody uses. Imported before everything else, since V8 takes it
 * only then. `scripts/setup.mjs` does more, for a server that is started by it.
 */
setFlagsFromString('--semi-space-growth-factor=1')

import { splitFields } from './csv-fields.ts'
import { chunksOf, RecordStream } from './record-stream.ts'

const PIECE_BYTES = 65_536
const COMMA = Buffer.from(',')
const EMPTY = Buffer.alloc(0)
const LINE_FEED = Buffer.from('\n')

/** The same records with these fields only, in this order, each as it was written. */
export async function* keepFields(
  source: AsyncIterable<Buffer>,
  places: readonly number[],
  table: string,
): AsyncGenerator<Buffer> {
  const records = new RecordStream(chunksOf(source), table)
  let pieces: Buffer[] = []
  let bytes = 0
  for (;;) {
    const record = await records.record()
    if (record === null) break
    const fields = splitFields(record)
    const kept = Buffer.concat(places.flatMap((place, at) => [at === 0 ? EMPTY : COMMA, fields[place] ?? EMPTY]))
    pieces.push(kept, LINE_FEED)
    bytes += kept.length + 1
    records.skipRecord(record)
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(pieces)
    pieces = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(pieces)
}

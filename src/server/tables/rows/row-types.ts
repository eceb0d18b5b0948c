import pg from 'pg'

const OID_TIMESTAMPTZ = 1184

type Parser = (text: string) => unknown
type ParserOf = (oid: number, format?: string) => Parser

/**
 * How pages of rows are parsed: as on the rest of the pool, but moments at once as epoch milliseconds, which saves a
 * `Date` for each.
 */
export function rowTypes(pool: pg.Pool): pg.CustomTypesConfig {
  const parserOf = (pool.options.types ?? pg.types).getTypeParser as ParserOf
  const getTypeParser: ParserOf = (oid, format) =>
    oid === OID_TIMESTAMPTZ && format !== 'binary' ? toMs(parserOf(oid, format)) : parserOf(oid, format)
  return { getTypeParser: getTypeParser as pg.CustomTypesConfig['getTypeParser'] }
}

/** `2026-11-21 18:05:57.25+00` is how every moment between the years 1 and 9999 is written in UTC. */
const toMs =
  (fallback: Parser): Parser =>
  (text) => {
    const ms =
      text[4] === '-' && text.endsWith('+00') ? Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : Number.NaN
    return Number.isNaN(ms) ? fallback(text) : ms
  }

// placeholder until the real one lands
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
export function registerContent(_app: FastifyInstance, _deps: Deps): void {}

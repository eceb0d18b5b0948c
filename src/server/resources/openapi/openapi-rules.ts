import { expect } from 'vitest'

import type { OpenapiDocument } from './document.ts'
import type { Operation } from './operation.ts'
import type { Schema } from './schema.ts'

/**
 * For tests: the rules of OpenAPI 3.0.3 that a document of ours could break. Throws for the first one broken.
 * Source: https://spec.openapis.org/oas/v3.0.3
 */
export function expectValidOpenapi(document: OpenapiDocument): void {
  expect(document.openapi).toBe('3.0.3')
  expect(document.info.title).toEqual(expect.any(String))
  expect(document.info.version).toEqual(expect.any(String))
  expectUnique(document.tags.map(({ name }) => name))
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
  expectUnique(operations.map(({ operation }) => operation.operationId))
  // Addresses that differ in the names of their parameters only are one, and may not be there twice.
  expectUnique(Object.keys(document.paths).map((path) => path.replaceAll(/\{[^}]*\}/g, '{}')))
  for (const { path, method, operation } of operations) {
    expect(path).toMatch(/^\/[\x21-\x7e]*$/)
    expect(['get', 'put', 'post', 'delete', 'patch', 'head']).toContain(method)
    expectValidOperation(path, method, operation, document)
  }
  for (const ref of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)) {
    expect((document.components[ref[1] ?? ''] as Record<string, unknown>)[ref[2] ?? '']).toBeDefined()
  }
}

function expectValidOperation(path: string, method: string, operation: Operation, document: OpenapiDocument): void {
  const parameters = operation.parameters ?? []
  expectUnique(parameters.map((parameter) => `${parameter.in} ${parameter.name}`))
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  const named = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '')
  expect(inPath.map(({ name }) => name).toSorted()).toEqual([...new Set(named)].toSorted())
  expect(inPath.every(({ required }) => required)).toBe(true)
  for (const { schema, content } of parameters) {
    expect([schema, content].filter((part) => part !== undefined)).toHaveLength(1)
    expectValidSchema(schema ?? content?.['application/json']?.schema ?? {})
  }
  if (operation.requestBody !== undefined) {
    expect(['post', 'put', 'patch']).toContain(method)
    const bodies = Object.values(operation.requestBody.content)
    expect(bodies).toHaveLength(1)
    for (const { schema } of bodies) expectValidSchema(schema)
  }
  expect(Object.keys(operation.responses)).toEqual(['200', '400', '401', '403', '404', '429', '500'])
  expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags))
}

function expectValidSchema(schema: Schema): void {
  const { type, items, properties, required } = schema
  if (type === undefined) expect(schema.nullable).toBeUndefined()
  expect(items !== undefined).toBe(type === 'array')
  if (required !== undefined) {
    expect(required.length).toBeGreaterThan(0)
    expectUnique(required)
    expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(required))
  }
  expectValidValues(schema)
  for (const inner of Object.values(properties ?? {})) expectValidSchema(inner)
  if (items !== undefined) expectValidSchema(items)
}

function expectValidValues({ type, nullable, enum: choices, default: value }: Schema): void {
  if (choices !== undefined) {
    expectUnique(choices)
    expect(choices.length).toBeGreaterThan(0)
    expect(choices.includes(null)).toBe(nullable === true)
  }
  if (value === null) expect(nullable).toBe(true)
  else if (type === 'integer') expect(value ?? 0).toSatisfy(Number.isSafeInteger)
  else if (value !== undefined) expect(type).toBe(typeof value)
}

function expectUnique(values: readonly unknown[]): void {
  expect(new Set(values).size).toBe(values.length)
}

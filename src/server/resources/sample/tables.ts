import type { Column, Index } from '#api/contract/columns.ts'

/** A table of the sample; `refersTo` names the table that a column refers to, made before this one. */
export interface SampleTable {
  name: string
  description: string
  columns: (Column & { refersTo?: string })[]
  indexes: Index[]
}

const id: Column = { name: 'id', type: 'int' }
const createdAt: Column = { name: 'created_at', type: 'timestamp', default: 'now' }
const text = (name: string, more: Partial<Column> = {}): Column => ({ name, type: 'text', ...more })
const money = (name: string): Column => ({ name, type: 'decimal', description: 'In euro' })
const refers = (name: string, refersTo: string, nullable = false): Column & { refersTo: string } => ({
  name,
  type: 'int',
  nullable,
  refersTo,
})
const btree = (...names: string[]): Index => ({ type: 'btree', fields: names.map((name) => ({ name, op: 'asc' })) })
const unique = (name: string): Index => ({ type: 'unique', fields: [{ name, op: 'asc' }] })

/** A small shop: what it sells, to whom, and what became of it. In the order in which references can be made. */
export const SAMPLE_TABLES: readonly SampleTable[] = [
  {
    name: 'categories',
    description: 'Shelves of the shop',
    columns: [id, createdAt, text('name', { required: true }), text('slug', { required: true })],
    indexes: [unique('slug')],
  },
  {
    name: 'suppliers',
    description: 'Who delivers the goods',
    columns: [id, createdAt, text('name', { required: true }), text('country'), { name: 'email', type: 'email' }],
    indexes: [],
  },
  {
    name: 'products',
    description: 'What is for sale',
    columns: [
      id,
      createdAt,
      text('name', { required: true }),
      text('sku', { required: true }),
      refers('category_id', 'categories'),
      refers('supplier_id', 'suppliers'),
      money('price'),
      { name: 'stock', type: 'int' },
      { name: 'is_active', type: 'bool', default: 'true' },
      { name: 'labels', type: 'text', style: 'list' },
      { name: 'dimensions', type: 'json', nullable: true },
    ],
    indexes: [unique('sku'), btree('category_id')],
  },
  {
    name: 'customers',
    description: 'People who buy',
    columns: [
      id,
      createdAt,
      text('name', { required: true }),
      { name: 'email', type: 'email', required: true, sensitive: true },
      { name: 'password', type: 'password', nullable: true },
      { name: 'loyalty_tier', type: 'enum', values: ['none', 'bronze', 'silver', 'gold'], default: 'none' },
      { name: 'born_on', type: 'date', nullable: true, sensitive: true },
      { name: 'wants_news', type: 'bool', default: 'false' },
    ],
    indexes: [unique('email')],
  },
  {
    name: 'addresses',
    description: 'Where parcels go',
    columns: [
      id,
      createdAt,
      refers('customer_id', 'customers'),
      text('street', { required: true, sensitive: true }),
      text('postcode', { required: true }),
      text('city', { required: true }),
      text('country', { required: true }),
    ],
    indexes: [btree('customer_id')],
  },
  {
    name: 'orders',
    description: 'One purchase each',
    columns: [
      id,
      createdAt,
      { name: 'number', type: 'uuid' },
      refers('customer_id', 'customers'),
      refers('address_id', 'addresses'),
      { name: 'state', type: 'enum', values: ['open', 'paid', 'sent', 'delivered', 'cancelled'], required: true },
      money('total'),
      text('note', { nullable: true }),
    ],
    indexes: [btree('customer_id'), btree('state', 'created_at'), unique('number')],
  },
  {
    name: 'order_items',
    description: 'Lines of an order',
    columns: [
      id,
      refers('order_id', 'orders'),
      refers('product_id', 'products'),
      { name: 'quantity', type: 'int', required: true },
      money('unit_price'),
    ],
    indexes: [btree('order_id'), btree('product_id')],
  },
  {
    name: 'payments',
    description: 'Money received',
    columns: [
      id,
      createdAt,
      refers('order_id', 'orders'),
      { name: 'method', type: 'enum', values: ['card', 'transfer', 'wallet'], required: true },
      money('amount'),
      { name: 'paid_at', type: 'timestamp', nullable: true },
    ],
    indexes: [btree('order_id')],
  },
  {
    name: 'shipments',
    description: 'Parcels on their way',
    columns: [
      id,
      createdAt,
      refers('order_id', 'orders'),
      text('carrier', { required: true }),
      text('tracking_code'),
      { name: 'delivered_at', type: 'timestamp', nullable: true },
    ],
    indexes: [btree('order_id')],
  },
  {
    name: 'reviews',
    description: 'What customers say',
    columns: [
      id,
      createdAt,
      refers('product_id', 'products'),
      refers('customer_id', 'customers', true),
      { name: 'stars', type: 'int', required: true },
      text('title'),
      text('body', { nullable: true }),
    ],
    indexes: [btree('product_id')],
  },
]

/** API groups of the sample. */
export const SAMPLE_API_GROUPS = [
  { name: 'storefront', description: 'What the shop’s pages read: products, categories, reviews' },
  { name: 'checkout', description: 'Carts, orders and payments' },
  { name: 'back-office', description: 'For the people who pack and answer' },
] as const

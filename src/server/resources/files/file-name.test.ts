import { expect, it } from 'vitest'

import { addressName, displayName, newFilePath } from './file-name.ts'

it.each([
  ['photo.png', 'photo.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\a.txt', 'a.txt'],
  ['a\0b\r\n.txt', 'ab.txt'],
  ['фото из отпуска 🏖.png', 'фото из отпуска 🏖.png'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['\uD800x', '\uFFFDx'],
  ['..', 'file'],
  ['  ', 'file'],
  [undefined, 'file'],
])('the file %j is listed as %j', (sent, name) => {
  expect(displayName(sent)).toBe(name)
})

it('a very long name is cut, and its ending stays', () => {
  expect(displayName(`${'é'.repeat(400)}.jpeg`)).toBe(`${'é'.repeat(250)}.jpeg`)
  expect(displayName(`${'🏖'.repeat(200)}.png`)).toBe(`${'🏖'.repeat(125)}.png`)
  expect(displayName('a'.repeat(300))).toBe('a'.repeat(255))
})

it.each([
  ['photo.png', 'photo.png'],
  ['Crème brûlée (1).JPG', 'Creme_brulee_1_.JPG'],
  ['фото.png', 'file.png'],
  ['a/../b', 'a_._b'],
  ['.htaccess', 'file.htaccess'],
  ['...', 'file'],
  ['x.', 'x'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['a"<script>?.html#%2e', 'a_script_.html_2e'],
])('the name %j is %j in an address', (name, slug) => {
  expect(addressName(name)).toBe(slug)
})

it('the name in an address is short, and no two paths are the same', () => {
  expect(addressName(`${'x'.repeat(300)}.png`)).toMatch(/^x{96}\.png$/)
  expect(newFilePath('a.png')).toMatch(/^\/vault\/[0-9A-Za-z]{24}\/a\.png$/)
  expect(newFilePath('a.png')).not.toBe(newFilePath('a.png'))
})

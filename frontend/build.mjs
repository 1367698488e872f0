// Builds src/ into dist/: the two editors, the worker, the engine, and the licences of all that is in them.
// The same packages give the same bytes.  dist/ is replaced when everything is there, never by a part.
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const OUT = "dist.new";
process.chdir(import.meta.dirname ?? new URL(".", import.meta.url).pathname);

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
await build({
  entryPoints: ["src/editor.js", "src/sparql.js", "src/sparql-worker.js"],
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "external",
  define: { "import.meta.url": '""' }, // the engine is handed to the worker; it fetches nothing
  logLevel: "warning",
});
await cp("node_modules/oxigraph/web_bg.wasm", join(OUT, "oxigraph.wasm"));
await writeFile(join(OUT, "LICENSES.txt"), await licences());
await rm("dist", { recursive: true, force: true });
await rename(OUT, "dist");

/** The licences of every package that the built files may hold, and the notices that esbuild found in them. */
async function licences() {
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const parts = [];
  for (const path of Object.keys(packages).sort()) {
    if (!path || packages[path].dev || packages[path].optional) continue;
    const { name, version, license, repository } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
    const files = (await readdir(path)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(path, file), "utf8")));
    const from = repository?.url ?? repository ?? "";
    parts.push([`${name} ${version} (${license ?? "see below"}) ${from}`.trim(), ...texts.map((text) => text.trim())].join("\n\n"));
  }
  for (const file of (await readdir(OUT)).filter((name) => name.endsWith(".LEGAL.txt")).sort()) {
    const text = (await readFile(join(OUT, file), "utf8")).trim();
    if (text) parts.push(`Notices in ${file.replace(".LEGAL.txt", "")}\n\n${text}`);
    await rm(join(OUT, file));
  }
  return parts.join(`\n\n${"-".repeat(80)}\n\n`) + "\n";
}

// Builds dist/widget.js from src/; the same sources always give the same bytes.

import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { forBuild, lexerAlone, namesOfMarked } from "./plugins.mjs";

const MOST_KILOBYTES = 30;
const OUT = "dist/widget.js";
// Names of ours that are no data and no interface of the browser's: a letter does.
const INNER =
  "strings|actions|unread|starters|unhelpful|sendComment|thanks|showTable|hideTable|restarted|exportTitle|exportIcs|exportMd|exportJson|nothingYet|forget\\w+|forgotten|notSent|anew|levelBetween|middle|statement|careerMap|delivery|openSession|beginAnew|retryAfter|dismiss|writing|scrollToEnd|isBusy|isOpen|draft|trouble|understood|choose|typed|problem";

process.chdir(dirname(fileURLToPath(import.meta.url)));
await build({
  entryPoints: ["src/define.ts"],
  outfile: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  mangleProps: new RegExp(`^(${INNER}|${(await namesOfMarked()).join("|")})$`),
  legalComments: "none",
  banner: { js: "/* PMO Coach, Apache-2.0; with marked, MIT, (c) MarkedJS and Christopher Jeffrey */" },
  plugins: [forBuild, lexerAlone],
});
const kilobytes = gzipSync(readFileSync(OUT), { level: 9 }).length / 1000;
console.log(`${OUT}: ${kilobytes.toFixed(1)} kB gz (at most ${MOST_KILOBYTES})`);
if (kilobytes > MOST_KILOBYTES) process.exit(1);
